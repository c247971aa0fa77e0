using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Laws that a look at the source or the assembly can hold.</summary>
public class SurfaceTests
{
    private const int LongestFile = 320;

    private static readonly Type[] Types = typeof(GaussianMixture).Assembly.GetTypes();

    public static TheoryData<string> Files => [.. SourceFile.All.Select(file => file.Path)];

    /// <summary>What a covariance family or form is called: in C#, in its Name, in its aliases.</summary>
    private static IEnumerable<string> FamilyNames =>
    [
        .. CovarianceType.All.SelectMany(type => type.Aliases.Prepend(type.Name)),
        .. Types.Where(type => type.IsSubclassOf(typeof(CovarianceType)) || type.IsSubclassOf(typeof(Covariance)))
            .Select(type => type.Name),
    ];

    [Fact]
    public void Sources_AreThere() => SourceFile.All.Should().HaveCountGreaterThan(40);

    [Theory]
    [MemberData(nameof(Files))]
    public void File_IsNotLong(string path) =>
        Source(path).Text.TrimEnd().Split('\n').Length.Should().BeLessThanOrEqualTo(LongestFile);

    [Theory]
    [MemberData(nameof(Files))]
    public void File_AsksForNoFamily(string path) => FamilyQuestions(Source(path).Text).Should().BeEmpty();

    [Theory]
    [InlineData("switch (type.Name)\n{\n    case \"full\": return 1;\n}")]
    [InlineData("int x = type switch { FullType => 1, _ => 2 };")]
    [InlineData("int x = type.Name switch\n{\n    \"VVV\" => 1,\n    _ => 2,\n};")]
    [InlineData("if (covariance is DiagonalCovariance) { }")]
    [InlineData("if (covariance is not FullCovariance full) { }")]
    [InlineData("if (type == CovarianceType.Tied) { }")]
    [InlineData("bool full = covariance is Covariances.FullCovariance;")]
    [InlineData("if (type.Name != \"EEE\") { }")]
    [InlineData("var full = covariance as FullCovariance;")]
    public void FamilyQuestions_OfCodeThatAsks_AreFound(string code) => FamilyQuestions(code).Should().NotBeEmpty();

    [Theory]
    [InlineData("// if (type is FullType)")]
    [InlineData("int x = reason switch { StopReason.Converged => 1, _ => 2 }; CovarianceType y = CovarianceType.Full;")]
    [InlineData("if (type is null) throw new E(\"use full\"); string Name => \"VVV\";")]
    public void FamilyQuestions_OfOtherCode_AreNone(string code) => FamilyQuestions(code).Should().BeEmpty();

    [Fact]
    public void PublicTypes_CannotBeDerivedFromByChance()
    {
        // The model is open, as DESIGN.md writes it, but nobody outside can construct one.
        IEnumerable<Type> open = Types.Where(type => type.IsVisible && !type.IsSealed && !type.IsAbstract);

        open.Should().BeEquivalentTo([typeof(GaussianMixtureModel)]);
        typeof(GaussianMixtureModel).GetConstructors(Instance).Should()
            .OnlyContain(constructor => constructor.IsAssembly || constructor.IsPrivate);
    }

    [Fact]
    public void PublicProperties_HaveNoSetter()
    {
        IEnumerable<string> settable = Types.Where(type => type.IsVisible)
            .SelectMany(type => type.GetProperties(Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => property.SetMethod is { } setter && (setter.IsPublic || setter.IsFamily || setter.IsFamilyOrAssembly)
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

        settable.Should().BeEmpty("estimators and models are immutable values");
    }

    [Fact]
    public void PublicFields_AreConstantsOrReadonly()
    {
        IEnumerable<string> writable = Types.Where(type => type.IsVisible && !type.IsEnum)
            .SelectMany(type => type.GetFields(Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        writable.Should().BeEmpty();
    }

    [Fact]
    public void StaticFields_AreConstantsOrReadonly()
    {
        // Caches of lambdas, which the compiler makes, start with <>; the field of a property does not.
        IEnumerable<string> mutable = Types
            .Where(type => !type.Name.StartsWith("<>", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.Name.StartsWith("<>", StringComparison.Ordinal) && !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        mutable.Should().BeEmpty("a fit writes to nothing but its result");
    }

    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static SourceFile Source(string path) => SourceFile.All.Single(file => file.Path == path);

    /// <summary>Every switch with a family in it, and every comparison with one.</summary>
    private static IEnumerable<string> FamilyQuestions(string text)
    {
        string code = Regex.Replace(text, "//[^\n]*", "");
        string names = string.Join('|', FamilyNames.Distinct());
        string family = $@"(?:""(?:{names})""|\b(?:\w+\s*\.\s*)*(?:{names})\b)";
        foreach (Match comparison in Regex.Matches(code, $@"(?:\b(?:is(?:\s+not)?|as|case)|[=!]=)\s*{family}", RegexOptions.IgnoreCase))
            yield return comparison.Value;
        foreach (Match start in Regex.Matches(code, @"\bswitch\b"))
        {
            string block = Block(code, start.Index);
            if (Regex.IsMatch(block, family, RegexOptions.IgnoreCase))
                yield return block;
        }
    }

    /// <summary>From here to the brace that closes the first one opened.</summary>
    private static string Block(string code, int from)
    {
        int depth = 0;
        for (int at = from; at < code.Length; at++)
        {
            depth += code[at] == '{' ? 1 : code[at] == '}' ? -1 : 0;
            if (code[at] == '}' && depth == 0)
                return code[from..(at + 1)];
        }

        return code[from..];
    }
}
