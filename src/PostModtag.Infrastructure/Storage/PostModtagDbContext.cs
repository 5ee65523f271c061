using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Domain.Reconciliation;
using PostModtag.Domain.Rules;
using PostModtag.Infrastructure.Storage.Reconciliation;

namespace PostModtag.Infrastructure.Storage;

/// <summary>The database: messages with their files and receipts, refused bodies, contents, and the set-up.</summary>
internal abstract class PostModtagDbContext(DbContextOptions options) : DbContext(options)
{
    // EF's own name for it, MessageId, is taken: MeMo has a messageID.
    private const string Owner = "OwnerId";

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<RefusedCopy> RefusedCopies => Set<RefusedCopy>();

    public DbSet<ContentRow> Contents => Set<ContentRow>();

    public DbSet<SetupRow> Setup => Set<SetupRow>();

    public DbSet<Fagsystem> Fagsystemer => Set<Fagsystem>();

    public DbSet<AuthorityRules> Authorities => Set<AuthorityRules>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<FagsystemCredential> Credentials => Set<FagsystemCredential>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    public DbSet<ReconciliationRecord> Reconciliations => Set<ReconciliationRecord>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>What a statement ends with that is to leave out rows that another is just changing; empty where there is no other.</summary>
    public virtual string SkipLocked => "";

    /// <summary>Tells the other nodes, once the transaction is committed, that the set-up has another revision; does nothing where there are none.</summary>
    public virtual Task AnnounceSetupAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until no other node has that turn, and has it until the transaction ends. Does nothing where there are no others.</summary>
    public virtual Task TakeTurnAsync(int turn, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins to read: until the end of what it returns, all is read as it was at the moment of the first statement. Nothing is written in it.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(CancellationToken cancellationToken);

    /// <summary>The collation by which ids are compared without regard to letter case, by the database and its indexes.</summary>
    protected abstract string IgnoreCase { get; }

    /// <summary>The collation that compares texts byte by byte, in UTF-8.</summary>
    protected abstract string Ordinal { get; }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no type for a moment: milliseconds since 1970 sort and compare, and are the same in every database.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        SetupTables.Configure(modelBuilder);
        modelBuilder.Entity<Message>(ConfigureMessages);
        modelBuilder.Entity<OutboxEntry>(OutboxStore.Configure);
        modelBuilder.Entity<ReconciliationRecord>(ReconciliationStore.Configure);
        modelBuilder.Entity<RefusedCopy>(copy =>
        {
            copy.HasIndex(row => new { row.MessageUuid, row.Sha256 }).IsUnique();
            copy.Property(row => row.Sha256).HasMaxLength(64);
            copy.OwnsOne(row => row.Receipt, Receipt);
            copy.Navigation(row => row.Receipt).IsRequired();
        });
        modelBuilder.Entity<AttemptRow>(attempt =>
        {
            attempt.ToTable("DeliveryAttempts");
            attempt.HasKey(row => new { row.MessageId, row.Number });
            attempt.HasOne(row => row.Message).WithMany().HasForeignKey(row => row.MessageId);
            attempt.Property(row => row.Number).ValueGeneratedNever();
            attempt.Property(row => row.Fagsystem).HasMaxLength(64);
            attempt.Property(row => row.Result).HasConversion<string>().HasMaxLength(16);
            attempt.Property(row => row.Reason).HasConversion<string>().HasMaxLength(32);
        });
        modelBuilder.Entity<ContentRow>(content =>
        {
            content.ToTable(ContentRow.Table);
            content.HasKey(row => row.Sha256);
            content.Property(row => row.Sha256).HasMaxLength(64);
        });
    }

    private void ConfigureMessages(EntityTypeBuilder<Message> message)
    {
        message.HasIndex(row => row.MessageUuid).IsUnique();
        message.HasIndex(row => row.ReceivedAt);
        message.HasIndex(row => row.State).HasFilter(MessageRows.NotAcceptedFilter);
        message.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        message.Property(row => row.Revision).IsConcurrencyToken();
        message.Property(row => row.Concern).HasConversion<string>().HasMaxLength(16);
        message.HasIndex(row => row.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");
        message.Property(row => row.AskingUntil).HasColumnName(Leases.Until);
        message.Ignore(row => row.Answer);
        message.Ignore(row => row.Authority);
        message.Property(row => row.ContentType).HasMaxLength(256);
        message.Property(row => row.MemoVersion).HasMaxLength(16);
        message.Property(row => row.Fagsystem).HasMaxLength(64);
        message.HasIndex(row => new { row.Fagsystem, row.Id });
        message.Property(row => row.Memo).AsJson();
        message.Property(row => row.Violations).AsJson();
        message.OwnsOne(row => row.Routing, routing =>
        {
            routing.WithOwner().HasForeignKey(Owner);
            routing.Property(row => row.WhenUndecided).HasConversion<string>().HasMaxLength(16);
            routing.Property(row => row.Basis).HasConversion<string>().HasMaxLength(16);
            routing.Property(row => row.Rule).HasMaxLength(256);
            routing.Property(row => row.Reasons).AsJson();
        });

        message.OwnsOne(row => row.Xml, xml => xml.Property(reference => reference.Sha256).HasMaxLength(64));
        message.Navigation(row => row.Xml).IsRequired();
        message.OwnsOne(row => row.Summary, summary =>
        {
            summary.WithOwner().HasForeignKey(Owner);
            foreach (var property in new[] { nameof(MessageSummary.SenderId), nameof(MessageSummary.RecipientId), nameof(MessageSummary.ContactPointId), nameof(MessageSummary.CaseId) })
                summary.Property<string?>(property).UseCollation(IgnoreCase);
            summary.Property(row => row.SenderKey).UseCollation(Ordinal);
            summary.HasIndex(row => row.SenderKey);
            summary.HasIndex(row => row.ContactPointId).HasFilter(WhereThere(nameof(MessageSummary.ContactPointId)));
            summary.HasIndex(row => row.CaseId).HasFilter(WhereThere(nameof(MessageSummary.CaseId)));
            summary.Property(row => row.KleSubject).UseCollation(Ordinal);
            summary.HasIndex(row => row.KleSubject).HasFilter(WhereThere(nameof(MessageSummary.KleSubject)));
            summary.Property(row => row.FoldedLabel).UseCollation(Ordinal);
            summary.HasIndex(row => row.FoldedLabel);
            summary.HasIndex(nameof(MessageSummary.RecipientId), Owner);
            summary.Property(row => row.RecipientId).HasColumnName(GuardStore.Recipient);

            foreach (var property in typeof(MessageSummary).GetProperties())
                summary.Property(property.Name).HasMaxLength(MessageSummary.MaxLength);
        });
        message.Navigation(row => row.Summary).IsRequired();
        message.OwnsOne(row => row.Receipt, receipt =>
        {
            Receipt(receipt);
            receipt.Property(row => row.TimeStamp).HasColumnName(GuardStore.DecidedAt);
        });
        IndexDecisions(message);
        message.OwnsMany(row => row.Files, file =>
        {
            file.ToTable("MessageFiles");
            file.WithOwner().HasForeignKey("MessageId");
            file.HasKey("MessageId", nameof(MessageFile.Number));
            file.Property(row => row.Number).ValueGeneratedNever();
            file.Property(row => row.Document).HasConversion<string>().HasMaxLength(32);
            file.Property(row => row.FileName).HasMaxLength(MessageSummary.MaxLength);
            file.Property(row => row.EncodingFormat).HasMaxLength(MessageSummary.MaxLength);
            file.Property(row => row.Language).HasMaxLength(2);
            file.OwnsOne(row => row.Content, content => content.Property(reference => reference.Sha256).HasMaxLength(64));
            file.Navigation(row => row.Content).IsRequired();
            file.OwnsOne(row => row.InXml);
        });
    }

    // Most messages lack it: an index without those is smaller, and they are kept sooner.
    private static string WhereThere(string property) => $"\"{nameof(Message.Summary)}_{property}\" IS NOT NULL";

    /// <summary>
    /// When something was last decided for an authority or a fagsystem is one look into an index. EF has no index over a row and
    /// what it owns, so the two columns are named here a second time, and never written from here.
    /// </summary>
    private void IndexDecisions(EntityTypeBuilder<Message> message)
    {
        var again = new[]
        {
            message.Property<string?>(GuardStore.Recipient).HasMaxLength(MessageSummary.MaxLength).UseCollation(IgnoreCase).Metadata,
            message.Property<DateTimeOffset?>(GuardStore.DecidedAt).Metadata,
        };
        foreach (var property in again)
        {
            property.SetColumnName(property.Name);
            property.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
            property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        }

        message.HasIndex(GuardStore.Recipient, GuardStore.DecidedAt);
        message.HasIndex(nameof(Message.Fagsystem), GuardStore.DecidedAt);

        // What retention looks for: decided, and its contents there still.
        message.HasIndex(GuardStore.DecidedAt).HasFilter($"\"{nameof(Message.ContentsDeletedAt)}\" IS NULL AND \"{GuardStore.DecidedAt}\" IS NOT NULL");
    }

    private static void Receipt<TOwner>(OwnedNavigationBuilder<TOwner, Receipt> receipt)
        where TOwner : class
    {
        receipt.WithOwner().HasForeignKey(Owner);
        receipt.Property(row => row.Status).HasConversion<string>().HasMaxLength(16);
        receipt.Property(row => row.ErrorCode).HasMaxLength(64);
        receipt.Property(row => row.MessageId).HasMaxLength(MessageSummary.MaxLength);
    }
}

/// <summary>One time that a message's fagsystem was asked.</summary>
internal sealed class AttemptRow
{
    public long MessageId { get; init; }

    /// <summary>The message, where the row is to be written. By its id, and not its messageUUID, rows come one after another, as their messages do.</summary>
    public Message? Message { get; init; }

    public required int Number { get; init; }

    public required string Fagsystem { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required DeliveryResult Result { get; init; }

    public required UndecidedReason? Reason { get; init; }

    public required int? HttpStatus { get; init; }

    public static AttemptRow Of(Message message, DeliveryAttempt attempt) => new()
    {
        Message = message,
        Number = attempt.Number,
        Fagsystem = attempt.Fagsystem,
        StartedAt = attempt.StartedAt,
        EndedAt = attempt.EndedAt,
        Result = attempt.Result,
        Reason = attempt.Reason,
        HttpStatus = attempt.HttpStatus,
    };
}

/// <summary>A content that the database knows. Its bytes are in the row; or, on SQLite, in a pack; or else they are large.</summary>
internal sealed class ContentRow
{
    public const string Table = "Contents";

    public required string Sha256 { get; init; }

    public required long Length { get; init; }

    public required byte[]? Bytes { get; init; }

    /// <summary>How many messages have it.</summary>
    public int References { get; init; } = 1;

    /// <summary>The pack that they are in, on SQLite; null where they are in none.</summary>
    public int? Pack { get; init; }

    /// <summary>Where in the pack they begin.</summary>
    public long? Offset { get; init; }
}
