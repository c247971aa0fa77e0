using System.Text.Json;
using GaussianMixtures.Persistence;

namespace GaussianMixtures;

/// <summary>Models as text: JSON in which every number has the digits to come back bit for bit.</summary>
public static class ModelJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new EveryDouble() },
    };

    extension(GaussianMixtureModel)
    {
        /// <summary>Reads a model that <see cref="ToJson"/> wrote: every score of it is bit-equal to the original's.</summary>
        /// <param name="json">The text.</param>
        /// <param name="covarianceTypes">Families of the caller's own that the model may be of, besides <see cref="CovarianceType.All"/>.</param>
        /// <exception cref="ArgumentNullException">json is null.</exception>
        /// <exception cref="FormatException">
        /// The text is truncated or no JSON, is no mixture, is of another version, or holds parameters that make no mixture.
        /// </exception>
        public static GaussianMixtureModel FromJson(string json, params IReadOnlyList<CovarianceType> covarianceTypes)
        {
            ArgumentNullException.ThrowIfNull(json);
            ArgumentNullException.ThrowIfNull(covarianceTypes);
            try
            {
                ModelDocument document = JsonSerializer.Deserialize<ModelDocument>(json, Options)
                    ?? throw new FormatException("The JSON text is null and no mixture. Pass the text that ToJson wrote.");
                return document.ToModel(covarianceTypes);
            }
            catch (Exception failure) when (failure is JsonException or ArgumentException)
            {
                throw new FormatException(
                    $"The text is truncated, or no JSON of a Gaussian mixture: {failure.Message} Pass the text that ToJson wrote.", failure);
            }
        }
    }

    /// <summary>The model as JSON: version, family, weights, means, covariances and, where there is one, the report.</summary>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    public static string ToJson(this GaussianMixtureModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.Serialize(ModelDocument.Of(model), Options);
    }
}
