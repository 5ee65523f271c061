using System.Buffers;
using Npgsql;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Writes a large content in pieces, in bounded memory, in the transaction that is open on the connection.</summary>
internal static class ContentPieces
{
    public static async Task CopyAsync(NpgsqlConnection connection, string sha256, Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceStream.PieceLength);
        try
        {
            await using var import = await connection.BeginBinaryImportAsync("""COPY "ContentPieces" ("Sha256", "Number", "Bytes") FROM STDIN (FORMAT BINARY)""", cancellationToken);
            for (var number = 0; ; number++)
            {
                var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PieceStream.PieceLength), PieceStream.PieceLength, throwOnEndOfStream: false, cancellationToken);
                if (length == 0)
                    break;
                await import.StartRowAsync(cancellationToken);
                await import.WriteAsync(sha256, cancellationToken);
                await import.WriteAsync(number, cancellationToken);
                await import.WriteAsync(buffer.AsMemory(0, length), NpgsqlTypes.NpgsqlDbType.Bytea, cancellationToken);
            }

            await import.CompleteAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
