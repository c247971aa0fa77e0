using FluentAssertions;
using FluentAssertions.Specialized;

namespace GaussianMixtures.Tests;

/// <summary>How a public member refuses an argument.</summary>
internal static class Refusal
{
    /// <summary>Throws an argument exception that names the argument and says all of the words.</summary>
    public static ExceptionAssertions<TException> ShouldRefuse<TException>(
        this Action act, string argument, params string[] words)
        where TException : ArgumentException
    {
        ExceptionAssertions<TException> thrown = act.Should().Throw<TException>();
        thrown.Which.Message.Should().ContainEquivalentOf(argument, "the message names the argument");
        foreach (string word in words)
            thrown.Which.Message.Should().ContainEquivalentOf(word);
        return thrown;
    }

    /// <summary>Throws an argument exception that names the argument, the row and the column.</summary>
    public static void ShouldRefuseAt(this Action act, string argument, int row, int? column, params string[] words)
    {
        string message = act.ShouldRefuse<ArgumentException>(argument, words).Which.Message;
        message.Should().MatchRegex($@"(?i)row\W*{row}\b");
        if (column is { } j)
            message.Should().MatchRegex($@"(?i)column\W*{j}\b");
    }

    /// <summary>Says one of the words, as a hint what to do next.</summary>
    public static void AndHints<TException>(this ExceptionAssertions<TException> thrown, params string[] words)
        where TException : Exception =>
        words.Any(word => thrown.Which.Message.Contains(word, StringComparison.OrdinalIgnoreCase)).Should()
            .BeTrue($"'{thrown.Which.Message}' should say what to do: {string.Join(" or ", words)}");
}
