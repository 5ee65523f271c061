using System.Globalization;
using System.Text;
using PostModtag.Application.Administration;
using PostModtag.Application.Rules;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>Rule files in YAML. The keys are those of <c>api-spec/rules.schema.json</c>, and no others.</summary>
internal sealed class RuleFileFormat : IRuleFileFormat
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public async Task<RuleFileReading> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(file, Utf8, leaveOpen: true);
            return Read(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            return Unreadable("line 1, column 1", "Filen skal være tekst i UTF-8.", "Expected text in UTF-8.");
        }
    }

    /// <inheritdoc />
    public byte[] Write(string cvr, string version, RuleSet ruleSet)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Distribution rules of the authority {cvr}, version {version}.\n");
        RuleFileWriter.Write(text, cvr, ruleSet);
        return Utf8.GetBytes(text.ToString());
    }

    private static RuleFileReading Read(string text)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(text);
        var parser = new ShallowParser(reader);
        try
        {
            yaml.Load(parser);
        }
        catch (YamlException exception)
        {
            return NotYaml(text, exception);
        }
        catch (ArgumentException)
        {
            // The library has more ways to say that something is not where it should be.
            return NotYaml(text, new YamlException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, ""));
        }

        if (yaml.Documents.Count != 1)
            return Unreadable("line 1, column 1", "Der skal være ét YAML-dokument i filen.", "Expected one YAML document.");
        var faults = new YamlFaults();
        var file = new RuleFileReader(faults).Read(yaml.Documents[0].RootNode);
        return faults.All.Count == 0 ? file : new RuleFileReading.Unreadable(faults.All);
    }

    /// <summary>What is wrong, in a sentence of ours: YamlDotNet's may quote the file. Of a tab it names a place before it.</summary>
    private static RuleFileReading.Unreadable NotYaml(string file, YamlException exception)
    {
        if (exception is NotForARuleFileException { Text: var text })
            return Unreadable(YamlFaults.PlaceOf(exception.Start), text.Danish, text.English);
        if (exception.Message.Contains("uplicate key", StringComparison.Ordinal))
            return Unreadable(YamlFaults.PlaceOf(exception.Start), "Nøglen er her to gange. Fjern den ene.", "The key is here twice. Remove one of them.");
        if (exception.Message.Contains(" tab ", StringComparison.Ordinal) && file.ReplaceLineEndings("\n").Split('\n') is var lines
            && Array.FindIndex(lines, line => line.TrimStart(' ').StartsWith('\t')) is >= 0 and var line)
            return Unreadable(YamlFaults.PlaceOf(line + 1, lines[line].IndexOf('\t', StringComparison.Ordinal) + 1), "YAML rykkes ind med mellemrum, og her er en tabulator. Sæt mellemrum i stedet.", "YAML is indented with spaces, and here is a tab. Put spaces in its place.");
        return Unreadable(
            YamlFaults.PlaceOf(exception.Start),
            "Her skal stå YAML. Se efter indrykningen, og efter anførselstegn og parenteser, der ikke er lukket.",
            "Expected YAML. Look at the indentation, and at quotes and brackets that are not closed.");
    }

    private static RuleFileReading.Unreadable Unreadable(string place, string danish, string english) => new([new Fault(place, new BilingualText(danish, english))]);
}
