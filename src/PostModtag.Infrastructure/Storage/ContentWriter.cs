using System.Buffers;
using System.Security.Cryptography;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Storage;

/// <summary>One content on its way in: hashed and counted as it comes; in memory until it, or its message, is too large for that.</summary>
internal sealed class ContentWriter(DataFolder folder, int inlineBytes, MemoryShare memory) : IContentWriter, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[]? _memory = [];
    private int _count;
    private FileStream? _file;
    private string? _path;
    private bool _prepared;
    private long _length;

    /// <summary>Where the content will be; null while it is not complete, or when it was discarded.</summary>
    public ContentReference? Reference { get; private set; }

    /// <summary>Whether it is kept in a file: it is large, or came after all that its message may have in memory.</summary>
    public bool IsFile => _path is not null;

    /// <summary>The bytes of a small content.</summary>
    public ReadOnlyMemory<byte> Bytes => _memory.AsMemory(0, _count);

    /// <inheritdoc />
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        _length += bytes.Length;
        if (_memory is not null && _length <= inlineBytes && memory.TryTake(bytes.Length))
        {
            Keep(bytes.Span);
            return default;
        }

        WriteToFile(bytes.Span);
        return default;
    }

    /// <inheritdoc />
    public async Task<Stream> OpenWrittenAsync(CancellationToken cancellationToken)
    {
        if (_memory is not null)
            return new MemoryStream(_memory, 0, _count, writable: false);
        await _file!.FlushAsync(cancellationToken);
        return new FileStream(_path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <inheritdoc />
    public async ValueTask<ContentReference> CompleteAsync(CancellationToken cancellationToken)
    {
        // A message may have many files: each lets go of its handle, and of its buffer, as soon as it is whole.
        if (_file is not null)
            await _file.DisposeAsync();
        _file = null;
        Reference = new ContentReference(Convert.ToHexStringLower(_hash.GetHashAndReset()), _length);
        _hash.Dispose();
        return Reference;
    }

    /// <inheritdoc />
    public void Discard()
    {
        Reference = null;
        LetGo();
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What is left in the buffer goes to a full disk once more. The file goes all the same, and gives its room back.
        }
        finally
        {
            if (_path is not null)
                File.Delete(_path);
        }
    }

    /// <summary>Opens the file of a large content that is complete.</summary>
    public FileStream OpenFile() => new(_path!, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Makes the file's bytes durable, and gives it the name by which a restart knows what it is.</summary>
    public void Prepare()
    {
        if (_prepared)
            return;
        using (var file = File.OpenHandle(_path!, FileMode.Open, FileAccess.Write))
            RandomAccess.FlushToDisk(file);
        var name = ContentFiles.PreparedName(folder, Reference!.Sha256);
        File.Move(_path!, name);
        _path = name;
        _prepared = true;
    }

    /// <summary>Lets go of the file without dropping it: whether it is referred to is for the next start to find out.</summary>
    public string LeaveToRecovery()
    {
        var file = _path!;
        _path = null;
        return file;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _hash.Dispose();
        try
        {
            Discard();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that does not go now is dropped by the next start. The other contents of the message go now.
        }
    }

    private void WriteToFile(ReadOnlySpan<byte> bytes)
    {
        if (_file is null)
        {
            _path = folder.UnfinishedName();
            _file = folder.CreateFile(_path);
            memory.Give(_count);
            _file.Write(Bytes.Span);
            LetGo();
        }

        _file.Write(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _memory!.Length)
        {
            var longer = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _memory.Length, _count + bytes.Length));
            Bytes.Span.CopyTo(longer);
            LetGo();
            _memory = longer;
        }

        bytes.CopyTo(_memory.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Gives the memory back to those that come after.</summary>
    private void LetGo()
    {
        if (_memory is { Length: > 0 })
            ArrayPool<byte>.Shared.Return(_memory);
        _memory = null;
    }
}
