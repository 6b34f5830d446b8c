package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.Inode.Kind;
import io.byteport.sim.host.system.NoSuchFile;
import java.util.Map;
import java.util.Optional;

/** Programs that look at single files, and the script that writes one. */
final class FilePrograms {
  private static final int MUCH = 16 << 20;

  private FilePrograms() {}

  static Map<String, Program> all() {
    return Map.of(
        "cat", FilePrograms::cat,
        "head", FilePrograms::head,
        "stat", FilePrograms::stat,
        "realpath", FilePrograms::realpath,
        "readlink", FilePrograms::realpath,
        "test", FilePrograms::test,
        "true", call -> Reply.SILENT,
        "printenv", FilePrograms::printenv,
        "byteport-write", FilePrograms::write);
  }

  /** Of the environment only the home of root is known. */
  private static Reply printenv(Call call) {
    return call.argument(0).equals("HOME") ? Reply.prints("/root\n") : Reply.status(1);
  }

  private static Reply cat(Call call) throws NoSuchFile {
    String path = call.arguments().getLast();
    Optional<String> kernel = KernelFiles.read(path, call.machine());
    return kernel.isPresent()
        ? Reply.prints(kernel.get())
        : Reply.prints(call.machine().files().behind(path).content(MUCH, call.machine().now()));
  }

  private static Reply head(Call call) throws NoSuchFile {
    int most = Integer.parseInt(call.argument(1));
    Inode inode = call.machine().files().behind(call.arguments().getLast());
    return Reply.prints(inode.content(most, call.machine().now()));
  }

  private static Reply stat(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    String path = call.arguments().getLast();
    if (call.arguments().contains("-f")) {
      long free =
          files.mount(files.real(path)).size()
              - files.used(files.mount(files.real(path)), call.machine().tasks().held());
      return Reply.prints(Math.max(0, free) / 4096 + " 4096\n");
    }
    String folder = files.real(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    String name = path.substring(path.lastIndexOf('/') + 1);
    String there = name.isEmpty() ? folder : (folder.equals("/") ? "" : folder) + "/" + name;
    Inode inode = files.at(there).isPresent() ? files.at(there).get() : files.behind(path);
    String kind =
        switch (inode.kind()) {
          case FILE -> "regular file";
          case DIRECTORY -> "directory";
          case LINK -> "symbolic link";
        };
    return Reply.prints(
        String.join(
                "\t",
                kind,
                Long.toString(inode.size(call.machine().now())),
                inode.mode(),
                inode.owner(),
                Long.toString(inode.modifiedAt(call.machine().now()).getEpochSecond()))
            + "\n");
  }

  private static Reply realpath(Call call) throws NoSuchFile {
    String real = call.machine().files().real(call.arguments().getLast());
    return Reply.prints(real + (call.argument(0).contains("z") ? "\0" : "\n"));
  }

  private static Reply test(Call call) {
    try {
      Inode inode = call.machine().files().behind(call.arguments().getLast());
      boolean holds =
          switch (call.argument(0)) {
            case "-d" -> inode.kind() == Kind.DIRECTORY;
            case "-x" -> inode.mode().matches(".*[1357].*");
            default -> inode.kind() == Kind.FILE;
          };
      return Reply.status(holds ? 0 : 1);
    } catch (NoSuchFile e) {
      return Reply.status(1);
    }
  }

  private static Reply write(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    String path = call.argument(0);
    files.real(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
    files.write(path, call.stdin().get(), call.argument(1));
    return Reply.SILENT;
  }
}
