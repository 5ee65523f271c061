using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PostModtag.Infrastructure.Storage.Move;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>The database as PostgreSQL has it: large contents in pieces, and the keys that secrets are encrypted with.</summary>
internal sealed class PostgreSqlDbContext(DbContextOptions<PostgreSqlDbContext> options) : PostModtagDbContext(options)
{
    private const string Octets = "C";

    // Turns have two numbers; messages' turns have one.
    private const int NodeTurns = 5606;

    public DbSet<ContentPieceRow> ContentPieces => Set<ContentPieceRow>();

    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();

    public DbSet<MoveRow> Moves => Set<MoveRow>();

    public DbSet<MovedTableRow> MovedTables => Set<MovedTableRow>();

    /// <inheritdoc />
    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    /// <inheritdoc />
    public override Task AnnounceSetupAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify({SetupListener.Channel}, '')", cancellationToken);

    /// <inheritdoc />
    public override Task TakeTurnAsync(int turn, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NodeTurns}, {turn})", cancellationToken);

    /// <inheritdoc />
    public override Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <inheritdoc />
    protected override string IgnoreCase => "ignore_case";

    /// <inheritdoc />
    protected override string Ordinal => Octets;

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasCollation(IgnoreCase, locale: "und-u-ks-level2", provider: "icu", deterministic: false);

        // Keys sort as in SQLite, whatever language the database was made for.
        modelBuilder.Entity<Domain.Fagsystemer.Fagsystem>().Property(row => row.Key).UseCollation(Octets);
        modelBuilder.Entity<Domain.Rules.AuthorityRules>().Property(row => row.Cvr).UseCollation(Octets);
        modelBuilder.Entity<ContentRow>().Ignore(row => row.Pack).Ignore(row => row.Offset);
        modelBuilder.Entity<ContentPieceRow>(piece =>
        {
            piece.ToTable("ContentPieces");
            piece.HasKey(row => new { row.Sha256, row.Number });
            piece.Property(row => row.Sha256).HasMaxLength(64);
        });
        modelBuilder.Entity<DataProtectionKeyRow>(key => key.ToTable("DataProtectionKeys"));
        modelBuilder.Entity<MoveRow>(move =>
        {
            move.ToTable("Moves");
            move.Property(row => row.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<MovedTableRow>(table =>
        {
            table.ToTable("MovedTables");
            table.HasKey(row => row.Name);
        });

        // PostgreSQL holds to lengths where SQLite does not. A message is not lost for a text that is longer than expected.
        foreach (var text in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.GetMaxLength() is not null))
            text.SetMaxLength(null);
    }
}

/// <summary>A piece of a large content.</summary>
internal sealed class ContentPieceRow
{
    public required string Sha256 { get; init; }

    /// <summary>Its place, from 0; all pieces but the last are <see cref="PieceStream.PieceLength"/> bytes long.</summary>
    public required int Number { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>A key of Data Protection, as XML, encrypted where there is a master key.</summary>
internal sealed class DataProtectionKeyRow
{
    public int Id { get; init; }

    public required byte[] Key { get; init; }

    public required bool IsEncrypted { get; init; }
}
