using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GaussianMixtures.PublicApi.Tests;

/// <summary>README cannot rot: its C# is that of <see cref="ReadMeExamples"/>, and prints what README says it prints.</summary>
public partial class ReadMeTests
{
    /// <summary>README's fenced blocks with their languages.</summary>
    private static readonly IReadOnlyList<(string Name, string Text)> Fences = Blocks(Fence(), "README.md");

    /// <summary>The examples' regions with their names.</summary>
    private static readonly IReadOnlyList<(string Name, string Text)> Examples = Blocks(Region(), "ReadMeExamples.cs");

    public static TheoryData<string> Names => [.. Examples.Select(example => example.Name)];

    [Fact]
    public void CSharpBlocks_AreTheExamplesInOrder()
    {
        IEnumerable<string> blocks = Fences.Where(fence => fence.Name == "csharp").Select(fence => fence.Text);

        Examples.Should().NotBeEmpty();
        blocks.Should().Equal(Examples.Select(example => example.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_PrintsTheBlockBelowIt(string name)
    {
        using StringWriter output = new();
        ReadMeExamples examples = new(output);
        typeof(ReadMeExamples).GetMethod(name)!.CreateDelegate<Action<Matrix<double>>>(examples)(Embedded.Faithful());

        Normalized(output.ToString()).Should().Be(ShownOutput(name));
    }

    [Fact]
    public void EveryExample_IsAMethodOfItsRegionsName()
    {
        IEnumerable<string> methods = typeof(ReadMeExamples)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => method.Name);

        methods.Should().BeEquivalentTo(Examples.Select(example => example.Name));
    }

    [Fact]
    public void ParameterCounts_AreThoseOfTheTypes()
    {
        Dictionary<string, int> shown = TypeRow().Matches(Embedded.Text("README.md"))
            .ToDictionary(row => row.Groups[1].Value, row => int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture));

        shown.Should().HaveCount(4);
        shown.Should().OnlyContain(row => CovarianceType.Parse(row.Key).ParameterCount(3, 10) == row.Value);
    }

    /// <summary>The text block that follows the example's C# block directly.</summary>
    private static string ShownOutput(string name)
    {
        string code = Examples.Single(example => example.Name == name).Text;
        (string language, string text) = Fences.SkipWhile(fence => fence.Text != code).ElementAtOrDefault(1);
        language.Should().Be("text", "README shows the output of {0} right below its code", name);
        return text;
    }

    private static IReadOnlyList<(string Name, string Text)> Blocks(Regex pattern, string resource) =>
        [.. pattern.Matches(Embedded.Text(resource)).Select(match => (match.Groups[1].Value, Normalized(match.Groups[2].Value)))];

    /// <summary>The text without its indentation, trailing spaces and blank lines at either end.</summary>
    private static string Normalized(string text)
    {
        string[] lines = [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        int indent = lines.Where(line => line.Length > 0).Min(line => (int?)(line.Length - line.TrimStart().Length)) ?? 0;
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line)).Trim('\n');
    }

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `(\w+)`.*?\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex TypeRow();

    [GeneratedRegex(@"^ *#region (\w+)\n(.*?)^ *#endregion", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
