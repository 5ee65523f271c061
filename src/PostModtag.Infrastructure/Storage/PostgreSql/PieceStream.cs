using Npgsql;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Reads a large content piece by piece, each when it is needed and with a connection of the moment: whoever reads slowly
/// keeps neither memory nor a connection.
/// </summary>
internal sealed class PieceStream(NpgsqlDataSource source, ContentReference content) : Stream
{
    /// <summary>The length of a piece in bytes.</summary>
    public const int PieceLength = 512 * 1024;

    private byte[] _piece = [];
    private int _number = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty)
            return 0;
        var number = (int)(_position / PieceLength);
        if (number != _number)
        {
            await using var command = Command(number);
            Took(number, await command.ExecuteScalarAsync(cancellationToken));
        }

        return Give(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
            return 0;
        var number = (int)(_position / PieceLength);
        if (number != _number)
        {
            using var command = Command(number);
            Took(number, command.ExecuteScalar());
        }

        return Give(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        return _position = position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("It is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read only.");

    private NpgsqlCommand Command(int number)
    {
        var command = source.CreateCommand("""SELECT "Bytes" FROM "ContentPieces" WHERE "Sha256" = $1 AND "Number" = $2""");
        command.Parameters.Add(new() { Value = content.Sha256 });
        command.Parameters.Add(new() { Value = number });
        return command;
    }

    private void Took(int number, object? piece)
    {
        var expected = Math.Min(PieceLength, Length - ((long)number * PieceLength));
        _piece = piece is byte[] bytes && bytes.Length == expected ? bytes : throw new IOException($"Piece {number} of the content {content.Sha256} is not whole in the database.");
        _number = number;
    }

    private int Give(Span<byte> buffer)
    {
        var from = (int)(_position % PieceLength);
        var count = Math.Min(buffer.Length, _piece.Length - from);
        _piece.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
