using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;

namespace PostModtag.Infrastructure.Storage;

/// <summary>The tables of the set-up: fagsystemer, authorities' rules, publications, the audit trail.</summary>
internal static class SetupTables
{
    private const int CvrLength = 8;
    private const int KeyLength = 64;
    private const int TextLength = 256;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<SetupRow>(setup =>
        {
            setup.ToTable("Setup");
            setup.Property(row => row.Id).ValueGeneratedNever();
            setup.HasData(new SetupRow { Id = 1, Revision = 1 });
        });
        model.Entity<Fagsystem>(fagsystem =>
        {
            fagsystem.ToTable("Fagsystemer");
            fagsystem.HasKey(row => row.Key);
            fagsystem.Property(row => row.Key).HasMaxLength(KeyLength);
            fagsystem.Property(row => row.Name).HasMaxLength(TextLength);
            fagsystem.Property(row => row.Owner).HasMaxLength(TextLength);
            fagsystem.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
            fagsystem.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
            fagsystem.Property(row => row.SystemIds).AsJson();
            fagsystem.Property(row => row.HandOnTo).AsJson().HasDefaultValueSql("'[]'");
            fagsystem.OwnsOne(row => row.Rest);
            fagsystem.Ignore(row => row.Names);
        });
        model.Entity<FagsystemCredential>(credential =>
        {
            credential.ToTable("FagsystemCredentials");
            credential.HasKey(row => row.Fagsystem);
            credential.Property(row => row.Fagsystem).HasMaxLength(KeyLength);
            credential.Property(row => row.Kind).HasConversion<string>().HasMaxLength(32);
            credential.Property(row => row.Description).HasMaxLength(TextLength);
        });
        model.Entity<AuthorityRules>(authority =>
        {
            authority.ToTable("Authorities");
            authority.HasKey(row => row.Cvr);
            authority.Property(row => row.Cvr).HasMaxLength(CvrLength);
            authority.Property(row => row.DraftChangedBy).HasMaxLength(TextLength);
            authority.Property(row => row.Draft).AsJson();
        });
        model.Entity<Publication>(publication =>
        {
            publication.ToTable("Publications");
            publication.HasKey(row => new { row.Cvr, row.Number });
            publication.Property(row => row.Cvr).HasMaxLength(CvrLength);
            publication.Property(row => row.PublishedBy).HasMaxLength(TextLength);
            publication.Property(row => row.RuleSet).AsJson();
        });
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("AuditEntries");
            entry.Property(row => row.Actor).HasMaxLength(TextLength);
            entry.Property(row => row.Action).HasConversion<string>().HasMaxLength(32);
            entry.Property(row => row.Authority).HasMaxLength(CvrLength);
            entry.Property(row => row.Fagsystem).HasMaxLength(KeyLength);
            entry.HasIndex(row => row.Authority);
            entry.HasIndex(row => row.Fagsystem);
        });
    }
}

/// <summary>The one row that has the revision of the whole set-up.</summary>
internal sealed class SetupRow
{
    public required int Id { get; init; }

    public required long Revision { get; init; }

    /// <summary>What senders are looked for by, encrypted; null before the first start that needs it.</summary>
    public byte[]? SearchKey { get; init; }
}
