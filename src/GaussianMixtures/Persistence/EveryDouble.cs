using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GaussianMixtures.Persistence;

/// <summary>
/// A double as the shortest text that comes back bit for bit, or with 17 digits, which determine any. The runtime's own shortest text
/// of 2^−25 and of 2^−958 is that of their neighbours.
/// </summary>
internal sealed class EveryDouble : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(shortest, CultureInfo.InvariantCulture).Equals(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteRawValue(value.ToString("G17", CultureInfo.InvariantCulture));
        }
    }
}
