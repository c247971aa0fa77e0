namespace GaussianMixtures.Data;

/// <summary>The exceptions for what a caller passed, apart from the code that checks it.</summary>
internal static class Refuse
{
    /// <summary>The argument <paramref name="name"/> is not usable; the message says why, where, and what to do.</summary>
    public static ArgumentException Argument(string name, string message) => new(message, name);

    public static ArgumentNullException Null(string name, string message) => new(name, message);

    public static ArgumentOutOfRangeException OutOfRange(string name, object value, string message) => new(name, value, message);
}
