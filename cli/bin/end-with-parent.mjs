// Loaded into every server that `weir start` runs: none may outlive it, however it ends.
if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 3_000).unref();
  });
  process.channel.unref();
}
