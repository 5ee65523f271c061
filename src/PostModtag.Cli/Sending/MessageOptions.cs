using System.CommandLine;
using PostModtag.Cli.Commands;
using PostModtag.Cli.Offline;
using PostModtag.Conformance.Messages;

namespace PostModtag.Cli.Sending;

/// <summary>Which messages are to be sent: files, or some that are made.</summary>
internal sealed class MessageOptions
{
    private const int MostBytes = 99_500_000;

    private readonly Argument<string[]> _files = new("file") { Description = "MeMo files, or folders of *.xml.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int> _generate = new("--generate") { Description = "Make so many messages instead, each with a messageUUID of its own.", HelpName = "N" };
    private readonly Option<int> _size = new("--size") { Description = "How large those are, in bytes.", HelpName = "BYTES", DefaultValueFactory = _ => 20_000 };
    private readonly Option<string> _recipient = new("--recipient") { Description = "The CVR number that those are to.", HelpName = "CVR", DefaultValueFactory = _ => "90000001" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        foreach (var option in new Option[] { _generate, _size, _recipient })
            command.Add(option);
    }

    /// <summary>Whether they are made.</summary>
    public bool AreMade(ParseResult parsed) => parsed.GetValue(_generate) > 0;

    /// <summary>The messages, without their messageUUIDs where they are files.</summary>
    /// <exception cref="MisusedException">There are none, or both.</exception>
    public IReadOnlyList<OutgoingMessage> Of(ParseResult parsed)
    {
        var (files, count, size, recipient) = (parsed.GetValue(_files) ?? [], parsed.GetValue(_generate), parsed.GetValue(_size), parsed.GetRequiredValue(_recipient));
        if (files.Length > 0 == count > 0)
            throw new MisusedException("Name files to send, or make messages with --generate N.");
        if (size is < 0 or > MostBytes)
            throw new MisusedException($"--size must be a number of bytes up to {MostBytes}.");
        if (files.Length > 0)
            return [.. MemoFiles.Of(files).Select(file => new OutgoingMessage(file, Guid.Empty, () => file == MemoFiles.StandardInput ? Console.OpenStandardInput() : File.OpenRead(file)))];
        return [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Select(uuid => new OutgoingMessage(uuid.ToString(), uuid, () => new MemoryStream(Letter.Of(uuid, recipient, size))))];
    }

    /// <summary>The messages, with the messageUUIDs that can be read.</summary>
    public async Task<IReadOnlyList<OutgoingMessage>> OfAsync(ParseResult parsed, IServiceProvider parts, CancellationToken cancellationToken)
    {
        var messages = new List<OutgoingMessage>();
        foreach (var message in Of(parsed))
            messages.Add(message.MessageUuid != Guid.Empty ? message : message with { MessageUuid = (await CheckedMessage.OfAsync(parts, message.Name, cancellationToken)).MessageUuid ?? Guid.Empty });
        return messages;
    }
}
