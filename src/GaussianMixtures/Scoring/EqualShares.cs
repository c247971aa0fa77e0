using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Scoring;

/// <summary>Every row belongs to every component alike.</summary>
internal sealed class EqualShares(int components) : IResponsibilities
{
    public double Fill(in RowBlock block, in WorkspaceSpans workspace)
    {
        for (int j = 0; j < components; j++)
        {
            for (int s = 0; s < block.Width; s++)
            {
                workspace.Responsibilities[(j * Panel.Stride) + s] = block.Weights[s] / components;
            }
        }

        return 0;
    }
}
