using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The storeys of the house, lowest first, and the lock on them: a room names only rooms below it.</summary>
/// <remarks>
/// <para>
/// A file belongs to the storey of its folder; those at the root are storeys of their own. A type belongs to the file that
/// declares it, whatever its namespace. A file names a type where, outside comments and literals, the type's name stands as a type
/// (see <see cref="NamesAsType"/>), and where it calls an extension method that the type declares.
/// </para>
/// <para>
/// Many members are called like their type (<c>CovarianceType CovarianceType</c>), and some like a type further up. So a word that
/// is also a member of this room or one below counts only where it can be nothing but a type.
/// </para>
/// </remarks>
public partial class LayeringTests
{
    private static readonly string[] Tower =
    [
        "Kernels",
        "Data",
        "Statistics",
        "Covariances",
        "Priors",
        "Scoring",
        "GaussianMixtureModel",
        "Fitting",
        "Initialization",
        "Ascent",
        "GaussianMixture",
    ];

    /// <summary>The top floor: above all others, and independent of one another.</summary>
    private static readonly string[] Wings = ["Selection", "Bayesian", "Sampling", "Persistence"];

    /// <summary>What takes several wings together.</summary>
    private static readonly string[] Roof = ["Inference"];

    /// <summary>The files that lie in no folder.</summary>
    private static readonly Dictionary<string, string> Hall = new()
    {
        ["GaussianMixtureModel.cs"] = "GaussianMixtureModel",
        ["FitReport.cs"] = "GaussianMixtureModel",
        ["GaussianMixture.cs"] = "GaussianMixture",
    };

    private static readonly string[] BuiltIn =
    [
        "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte", "short",
        "string", "uint", "ulong", "ushort", "var", "void",
    ];

    private static readonly string[] BeforeAType =
    [
        "abstract", "and", "as", "async", "await", "by", "case", "checked", "const", "default", "else", "equals", "event", "explicit",
        "extern", "file", "fixed", "from", "implicit", "in", "init", "internal", "into", "is", "join", "let", "nameof", "new", "not",
        "on", "operator", "or", "out", "override", "params", "partial", "private", "protected", "public", "readonly", "ref",
        "required", "return", "scoped", "sealed", "select", "sizeof", "stackalloc", "static", "this", "throw", "typeof", "unsafe",
        "using", "virtual", "volatile", "when", "where", "yield",
    ];

    /// <summary>The file that declares each type. File-scoped namespaces: what starts a line is no nested type.</summary>
    private static readonly Dictionary<string, string> FileOf = SourceFile.All
        .SelectMany(file => TypeDeclaration().Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.Path)))
        .DistinctBy(declared => declared.Type)
        .ToDictionary(declared => declared.Type, declared => declared.Path);

    private static readonly Dictionary<string, string[]> Members =
        SourceFile.All.ToDictionary(file => file.Path, file => MembersOf(file.Code).ToArray());

    public static TheoryData<string> Files => [.. SourceFile.All.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_NamesOnlyRoomsBelow(string path) => Violations(SourceFile.All.Single(file => file.Path == path)).Should().BeEmpty();

    [Fact]
    public void EveryFile_HasAStorey()
    {
        string[] rooms = [.. SourceFile.All.Select(file => StoreyOf(file.Path)).Distinct()];

        rooms.Should().BeSubsetOf([.. Tower, .. Wings, .. Roof], "a new room enters the list of storeys first");
        Tower.Should().BeSubsetOf(rooms, "the list names rooms that are there");
    }

    [Fact]
    public void Declarations_ThatWereFound_AreTheTypesOfTheAssembly()
    {
        // Were one overlooked, everyone could name it.
        IEnumerable<string> types = typeof(GaussianMixture).Assembly.GetTypes()
            .Where(type => !type.IsNested && type.Namespace?.StartsWith(nameof(GaussianMixtures), StringComparison.Ordinal) == true)
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Select(type => type.Name.Split('`')[0])
            .Distinct();

        FileOf.Keys.Should().BeEquivalentTo(types);
    }

    [Theory]
    [InlineData("Data/New.cs", "EmLoop? loop = null;", "EmLoop")]
    [InlineData("Data/New.cs", "foreach (EmLoop loop in loops) ;", "EmLoop")]
    [InlineData("Data/New.cs", "List<EmLoop> loops = [];", "EmLoop")]
    [InlineData("Data/New.cs", "var x = new EStep(null);", "EStep")]
    [InlineData("Data/New.cs", "Fitting.EmLoop loop = null;", "EmLoop")]
    [InlineData("Data/New.cs", "string s = $\"{nameof(EmLoop)}\";", "EmLoop")]
    [InlineData("Data/New.cs", "EmLoop[] loops = [];", "EmLoop")]
    [InlineData("Data/New.cs", "sealed class New : ScatterShape { }", "ScatterShape")]
    [InlineData("Data/New.cs", "var x = y is PooledScatter;", "PooledScatter")]
    [InlineData("Data/New.cs", "return CovarianceType.Full;", "CovarianceType")]
    [InlineData("Kernels/New.cs", "Observations x = null;", "Observations")]
    [InlineData("Kernels/New.cs", "void F(in RowBlock block) { }", "RowBlock")]
    [InlineData("Fitting/New.cs", "Initialization Initialization { get; }", "Initialization")]
    [InlineData("Scoring/New.cs", "double f = model.Bic(x);", "ModelScores")]
    [InlineData("Sampling/New.cs", "var x = ModelScores.Bic(model, rows);", "ModelScores")]
    [InlineData("Persistence/New.cs", "var x = model.Sample(3, 1);", "ModelSampling")]
    [InlineData("Selection/New.cs", "var x = LikelihoodRatioTest.Bootstrap(rows, 1);", "LikelihoodRatioTest")]
    [InlineData("GaussianMixture.cs", "LikelihoodRatioTestResult result = null;", "LikelihoodRatioTestResult")]
    public void Violations_OfARoomThatNamesAHigherOne_AreFound(string path, string code, string type) =>
        Violations(path, SourceFile.Strip(code)).Should().ContainSingle().Which.Should().Contain(type);

    [Theory]
    [InlineData("Data/New.cs", "// EmLoop")]
    [InlineData("Data/New.cs", "/// <see cref=\"EmLoop\"/>")]
    [InlineData("Data/New.cs", "/* EmLoop */ int x = '\"'; // EmLoop")]
    [InlineData("Data/New.cs", "var s = \"EmLoop \\\" EmLoop\" + @\"\"\"EmLoop\" + $\"EmLoop {1:EmLoop0} {{EmLoop}}\";")]
    [InlineData("Data/New.cs", "int EmLoop => 1; int f() => this.EmLoop + x.EmLoop + EmLoops;")]
    [InlineData("Data/New.cs", "Dictionary<int, string> StopReason { get; } double[] Estimate() => f; int? Initialization;")]
    [InlineData("Persistence/New.cs", "GaussianMixture g = new(1); FitReport r = g.Fit(x).Report; StopReason s = r.StopReason;")]
    [InlineData("Fitting/New.cs", "EStep step = null; Covariance c; FitDiagnostic d;")]
    [InlineData("Inference/New.cs", "ModelSelection s = null; var x = model.Sample(3, 1); GaussianMixture g = null;")]
    public void Violations_OfARoomThatKeepsToTheRule_AreNone(string path, string code) =>
        Violations(path, SourceFile.Strip(code)).Should().BeEmpty();

    private static string StoreyOf(string path) =>
        path.Contains('/') ? path[..path.IndexOf('/')] : Hall.GetValueOrDefault(path, path);

    /// <summary>Whether a room may name another: itself, and what lies below.</summary>
    private static bool MayName(string storey, string other) =>
        storey == other || (Array.IndexOf(Tower, other) is >= 0 and int below
            && (Wings.Contains(storey) || Roof.Contains(storey) || below < Array.IndexOf(Tower, storey)))
        || (Roof.Contains(storey) && Wings.Contains(other));

    private static IEnumerable<string> Violations(SourceFile file) => Violations(file.Path, file.Code);

    private static IEnumerable<string> Violations(string path, string code)
    {
        string storey = StoreyOf(path);
        HashSet<string> members =
        [
            .. MembersOf(code),
            .. Members.Where(file => MayName(storey, StoreyOf(file.Key))).SelectMany(file => file.Value),
        ];
        foreach ((string type, string declaredIn) in FileOf.Where(known => !MayName(storey, StoreyOf(known.Value))))
        {
            bool named = Regex.Matches(code, $@"\b{type}\b")
                .Any(word => NamesAsType(code, word.Index, type.Length, members.Contains(type)));
            if (named || ExtensionsOf(declaredIn).Any(method => Calls(storey, code, method)))
                yield return $"{path} ({storey}) names {type} of {declaredIn}";
        }
    }

    private static IEnumerable<string> ExtensionsOf(string path) =>
        ExtensionMethod().Matches(SourceFile.All.Single(file => file.Path == path).Code).Select(method => method.Groups[1].Value);

    /// <summary>Whether the code calls a method of that name on something, and the room and those below have none called so.</summary>
    private static bool Calls(string storey, string code, string method) =>
        Regex.IsMatch(code, $@"\.\s*{method}\s*\(")
            && !SourceFile.All.Any(file => MayName(storey, StoreyOf(file.Path))
                && Regex.IsMatch(file.Code, $@"(?<!\b(?:return|new|await|throw|in|else))(?<!=)[\w>\]?]\s+{method}\s*\("));

    /// <summary>
    /// Not behind a dot, unless what stands before the dot is one of our namespaces; not the name that a declaration gives to a
    /// member, which follows a type; and, where a member is called the same, only before a name or ?, [], &lt; or &gt; or behind a
    /// word that wants a type.
    /// </summary>
    private static bool NamesAsType(string code, int at, int length, bool isAlsoMember)
    {
        string before = code[..at].TrimEnd(), after = code[(at + length)..].TrimStart();
        if (before.EndsWith('.'))
            return OurNamespace().IsMatch(before);
        if (IsDeclaredName(before, after))
            return false;
        return !isAlsoMember || TypeFollowed().IsMatch(after) || TypePreceded().IsMatch(before);
    }

    private static bool IsDeclaredName(string before, string after)
    {
        string word = LastWord().Match(before).Value;
        if (word.Length > 0)
            return BuiltIn.Contains(word) || !BeforeAType.Contains(word);
        bool followsType = (before.EndsWith('>') && !before.EndsWith("=>", StringComparison.Ordinal))
            || (before.EndsWith('?') && !before.EndsWith("??", StringComparison.Ordinal)) || ArrayType().IsMatch(before);
        return followsType && DeclarationFollowed().IsMatch(after);
    }

    /// <summary>Types that are also names of properties, methods, parameters or variables.</summary>
    private static IEnumerable<string> MembersOf(string code) => FileOf.Keys.Where(type => Regex.Matches(code, $@"\b{type}\b")
        .Any(word => IsDeclaredName(code[..word.Index].TrimEnd(), code[(word.Index + type.Length)..].TrimStart())));

    [GeneratedRegex(
        @"^(?:[a-z]+ )*(?:record struct|record class|record|class|struct|interface|enum|delegate [\w<>\[\]?]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bstatic [^=;{}()]*?(\w+)(?:<[^()]*>)?\(\s*this\b")]
    private static partial Regex ExtensionMethod();

    [GeneratedRegex(@"\b(?:GaussianMixtures|Kernels|Data|Statistics|Covariances|Scoring|Fitting|Initializations|Ascents"
        + @"|Selection|Bayesian|Sampling|Persistence)\s*\.$")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"\[[,\s]*\]$")]
    private static partial Regex ArrayType();

    [GeneratedRegex(@"^(?:[;,)={(]|=>|in\b)")]
    private static partial Regex DeclarationFollowed();

    [GeneratedRegex(@"^(?:\?\s+\w|\w|\[\s*,*\s*\]|<|>)")]
    private static partial Regex TypeFollowed();

    [GeneratedRegex(@"(?:\b(?:new|is|as|not|case|typeof\s*\(|default\s*\()|[<:])$")]
    private static partial Regex TypePreceded();
}
