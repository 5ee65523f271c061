using PostModtag.ContractDiff;

// For build/regenerate.sh, where a changed contract may leave nothing else that builds; people call "postmodtag contract diff".
if (args is not [var old, var @new])
{
    await Console.Error.WriteLineAsync("Name two versions of the contract: files or folders.");
    return 2;
}

try
{
    var changes = await ContractComparison.CompareAsync(old, @new, CancellationToken.None);
    await ContractDiffReport.WriteAsync(changes, Console.Out);
    return changes.Any(change => change.Effect == ChangeEffect.Breaking) ? 1 : 0;
}
catch (Exception exception) when (exception is ContractUnreadableException or FileNotFoundException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
