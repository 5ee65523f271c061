using System.Security.Cryptography;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Cli.Offline;

/// <summary>Takes contents in to look at them and keeps none: the message's XML in a temporary file, as it may be read a second time; of its files only the hash.</summary>
internal sealed class TemporaryContents : IContentStore
{
    /// <inheritdoc />
    public IStagedContents Stage() => new Staged();

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(ContentReference content, CancellationToken cancellationToken) => throw new IOException("Nothing is kept.");

    /// <inheritdoc />
    public Task<Stream> OpenFileAsync(ContentReference xml, MessageFile file, CancellationToken cancellationToken) => throw new IOException("Nothing is kept.");

    private sealed class Staged : IStagedContents
    {
        private readonly List<Writer> _writers = [];

        public IContentWriter Add()
        {
            // The reader begins with the message itself.
            var writer = new Writer(isKept: _writers.Count == 0);
            _writers.Add(writer);
            return writer;
        }

        public ValueTask DisposeAsync()
        {
            _writers.ForEach(writer => writer.Discard());
            return default;
        }
    }

    private sealed class Writer(bool isKept) : IContentWriter
    {
        private const int BufferBytes = 65_536;

        private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private FileStream? _file;
        private long _length;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _sha256.AppendData(bytes.Span);
            _length += bytes.Length;
            if (!isKept)
                return;
            _file ??= new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, BufferBytes,
                FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await _file.WriteAsync(bytes, cancellationToken);
        }

        public async Task<Stream> OpenWrittenAsync(CancellationToken cancellationToken)
        {
            if (_file is null)
                return Stream.Null;
            await _file.FlushAsync(cancellationToken);
            return new FileStream(_file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }

        public ValueTask<ContentReference> CompleteAsync(CancellationToken cancellationToken) => new(new ContentReference(Convert.ToHexStringLower(_sha256.GetHashAndReset()), _length));

        public void Discard()
        {
            _file?.Dispose();
            _sha256.Dispose();
        }
    }
}
