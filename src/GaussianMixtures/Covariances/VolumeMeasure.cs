namespace GaussianMixtures.Covariances;

/// <summary>A function of the scatters along common axes that is least where their likelihood is highest.</summary>
/// <param name="Value">A component's share of it.</param>
/// <param name="Influence">u_j, d times the derivative of that by each log t_je: the same for every e.</param>
/// <param name="Root">u_j goes with this root of Π_e t_je; null where it does not depend on that.</param>
internal sealed record VolumeMeasure(Func<AxisTable, int, double> Value, Func<AxisTable, int, double> Influence, int? Root);
