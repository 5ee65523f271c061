using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>The database as SQLite has it.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : PostModtagDbContext(options)
{
    private SqliteStatements? _statements;

    public DbSet<ContentPackRow> Packs => Set<ContentPackRow>();

    public DbSet<ErasureRow> Erasures => Set<ErasureRow>();

    /// <inheritdoc />
    public override async Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);

        // One that is not deferred would be a writer, and wait for the others. It ends with its connection.
        return Database.UseTransaction(((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true))!;
    }

    /// <summary>The statements of its connection, which has to be open.</summary>
    public SqliteStatements Statements => _statements ??= new SqliteStatements((SqliteConnection)Database.GetDbConnection());

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        LetGo();
        return base.DisposeAsync();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        LetGo();
        base.Dispose();
    }

    /// <summary>A context is used again, and then on another connection.</summary>
    private void LetGo()
    {
        _statements?.Dispose();
        _statements = null;
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<ContentPackRow>(pack =>
        {
            pack.ToTable(ContentPackRow.Table);
            pack.HasKey(row => row.Number);
            pack.Property(row => row.Number).ValueGeneratedNever();
        });
        modelBuilder.Entity<ErasureRow>(erasure =>
        {
            erasure.ToTable(ErasureRow.Table);
            erasure.Property(row => row.Sha256).HasMaxLength(64);
        });
    }

    /// <inheritdoc />
    protected override string IgnoreCase => "NOCASE";

    /// <inheritdoc />
    protected override string Ordinal => "BINARY";
}
