using System.Text;

namespace GaussianMixtures.Tests;

/// <summary>One file of src, from the test assembly's resources: the path of the build machine means nothing to a test.</summary>
internal sealed class SourceFile
{
    private const string Prefix = "src/";

    private SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Code = Strip(text);
    }

    /// <summary>Every file of the library.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. typeof(SourceFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new SourceFile(name[Prefix.Length..].Replace('\\', '/'), Read(name)))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    /// <summary>Below src/GaussianMixtures, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The text without comments and literals; the holes of interpolated strings are code and stay.</summary>
    public string Code { get; }

    public override string ToString() => Path;

    internal static string Strip(string text)
    {
        StringBuilder code = new();
        Scanner scanner = new(text, code);
        scanner.Code(endsAtBrace: false);
        return code.ToString();
    }

    private static string Read(string resource)
    {
        using Stream stream = typeof(SourceFile).Assembly.GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Goes through C# once; enough of its lexical grammar to know code from text.</summary>
    private sealed class Scanner(string text, StringBuilder code)
    {
        private int _at;

        public void Code(bool endsAtBrace)
        {
            for (int depth = 0; _at < text.Length;)
            {
                if (Starts("//"))
                    SkipTo("\n", keepEnd: true);
                else if (Starts("/*"))
                    SkipTo("*/", keepEnd: false);
                else if (text[_at] == '\'')
                    Character();
                else if (IsString(out int dollars, out bool verbatim))
                    String(dollars, verbatim);
                else if (endsAtBrace && depth == 0 && text[_at] == '}')
                    return;
                else
                {
                    depth += text[_at] == '{' ? 1 : text[_at] == '}' ? -1 : 0;
                    code.Append(text[_at++]);
                }
            }
        }

        /// <summary>At any of " $" @" $@" @$" """ $$""", standing on the first of its characters.</summary>
        private bool IsString(out int dollars, out bool verbatim)
        {
            int at = _at;
            dollars = 0;
            verbatim = false;
            for (; at < text.Length && text[at] is '$' or '@'; at++)
            {
                dollars += text[at] == '$' ? 1 : 0;
                verbatim |= text[at] == '@';
            }

            if (at >= text.Length || text[at] != '"')
                return false;
            _at = at;
            return true;
        }

        private void String(int dollars, bool verbatim)
        {
            int quotes = Run('"');
            if (quotes == 2)
            {
                _at += 2;
                return;
            }

            bool raw = quotes >= 3;
            int length = raw ? quotes : 1;
            _at += length;
            code.Append(' ');
            while (_at < text.Length)
            {
                if (text[_at] == '"' && Run('"') >= length && !(verbatim && Starts("\"\"")))
                {
                    _at += length;
                    return;
                }

                if (verbatim && Starts("\"\""))
                    _at += 2;
                else if (text[_at] == '\\' && !verbatim && !raw)
                    _at += 2;
                else if (dollars > 0 && text[_at] == '{')
                    Hole(dollars, raw);
                else
                    _at++;
            }
        }

        /// <summary>As many braces as dollars open a hole; two where one would are a brace in the text.</summary>
        private void Hole(int dollars, bool raw)
        {
            int braces = Run('{');
            int opening = raw ? dollars : 1;
            if (braces < opening || (!raw && braces % 2 == 0))
            {
                _at += braces;
                return;
            }

            _at += braces;
            code.Append(' ');
            Code(endsAtBrace: true);
            _at += opening;
            code.Append(' ');
        }

        private void Character()
        {
            int end = text.IndexOf('\'', text[_at + 1] == '\\' ? _at + 3 : _at + 2);
            _at = end + 1;
            code.Append(' ');
        }

        private int Run(char repeated)
        {
            int end = _at;
            while (end < text.Length && text[end] == repeated)
                end++;
            return end - _at;
        }

        private bool Starts(string sign) => string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0;

        private void SkipTo(string sign, bool keepEnd)
        {
            int end = text.IndexOf(sign, _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? text.Length : keepEnd ? end : end + sign.Length;
            code.Append(' ');
        }
    }
}
