using GaussianMixtures.Data;

namespace GaussianMixtures.Initializations;

/// <inheritdoc cref="Initialization.Hierarchical"/>
internal sealed class HierarchicalInitialization : Initialization
{
    public override bool IsRandom => false;

    protected internal override MixtureStart CreateStart(InitializationContext context)
    {
        int most = Agglomeration.MostRows(context.Data.Packed.Dimension);
        StartSample rows = context.Data.SampleOf(most, context.CancellationToken);
        if (context.Components > rows.Count && rows.Count == most)
        {
            throw Refuse.Argument("Components",
                $"Components is {context.Components}, more than the {most} rows of a tree. Use another Initialization, for example KMeans.");
        }

        Hierarchy tree = context.Data.Known(new TreeKey(), () => Agglomeration.Join(StandardizedAxes.Of(rows), context.CancellationToken));
        LabelsStart clusters = context.Data.Known(new CutKey(context.Components), () => new LabelsStart(tree.Cut(context.Components)));
        return new ParametersStart(context.Problem.Maximize(rows.Data, clusters, context.CancellationToken));
    }

    private sealed record TreeKey;

    private sealed record CutKey(int Components);
}
