using PostModtag.Benchmarks;

await ContentPlaceBenchmark.RunAsync();
