process.stdout.write("build\n");
