using PostModtag.Benchmarks;

// All of them, or the one that is named: rules, contents.
var named = args.FirstOrDefault();
if (named is null or "rules")
    RuleBenchmark.Run();
if (named is null or "contents")
    await ContentPlaceBenchmark.RunAsync();
