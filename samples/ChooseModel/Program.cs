// Which covariance type, how many components, and by which criterion? BIC asks for the model that describes the density of the
// data best; ICL asks besides that every row clearly belongs to one component. The known classes are shown at the end only.

using ChooseModel;
using GaussianMixtures;

foreach (string name in new[] { "iris", "thyroid" })
{
    LabelledTable data = LabelledTable.Load(name);
    ModelSelection search = new()
    {
        Components = Enumerable.Range(1, 5),
        Estimator = new GaussianMixture(components: 1) { Initialization = Initialization.Hierarchical },
    };
    ModelSelectionResult byBic = search.Fit(data.Rows);
    ModelSelectionResult byIcl = (search with { Criterion = Criterion.Icl }).Fit(data.Rows);

    Comparison report = new(data, Console.Out);
    report.Table(byBic);
    report.Table(byIcl);
    report.Difference(byBic, byIcl);
    report.Classes(byBic.Best);
}
