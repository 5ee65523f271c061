using PostModtag.Application.Operation;

namespace PostModtag.Infrastructure.Storage.Checks;

/// <summary>The start check of the database that the settings name.</summary>
internal interface IDatabaseStartCheck : IStartCheck;
