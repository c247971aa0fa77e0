namespace GaussianMixtures.Selection;

/// <summary>A criterion that the likelihood, the parameter count and n decide.</summary>
internal sealed class InformationCriterion(string name, Func<InformationCriteria, double> value) : Criterion
{
    public override string Name => name;

    protected internal override double Evaluate(CriterionContext context) => value(context.Criteria);
}
