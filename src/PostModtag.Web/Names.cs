using PostModtag.Application.Access;
using PostModtag.Application.FindFagsystemer;
using PostModtag.Application.Paging;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Web;

/// <summary>All fagsystemer, looked up once for a page.</summary>
public sealed class Names(UseCases use)
{
    private const int PageSize = 500;

    private Task<IReadOnlyList<Fagsystem>>? _all;

    /// <summary>All fagsystemer, by key.</summary>
    public Task<IReadOnlyList<Fagsystem>> AllAsync() => _all ??= FindAsync();

    /// <summary>What people call the fagsystem with that key; the key itself where there is none any more.</summary>
    public async Task<string> OfAsync(string key) => (await AllAsync()).FirstOrDefault(fagsystem => fagsystem.Key == key)?.Name ?? key;

    private async Task<IReadOnlyList<Fagsystem>> FindAsync()
    {
        var all = new List<Fagsystem>();
        for (string? cursor = null; ;)
        {
            var page = (PageResult<Fagsystem>.Page)await use.SendAsync(Permissions.ReadFagsystemer, new FindFagsystemerQuery { PageSize = PageSize, Cursor = cursor });
            all.AddRange(page.Items);
            cursor = page.NextCursor;
            if (cursor is null)
                return all;
        }
    }
}
