import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks or writes the layout of every Java source of the tree with google-java-format.
 *
 * <p>Started by the build as {@code java SourceFormat.java check|write ROOT}. Texts that were found
 * well laid out are remembered by their hash in {@code ROOT/target/formatted-sources}, so that a
 * run with nothing new costs a reading of the files. What is wrong is printed and stands in {@code
 * ROOT/target/source-format.findings}, which does not exist when all is well: the build looks there
 * and fails with the command that helps. Exit status 0, or 2 for wrong usage.
 */
final class SourceFormat {
  private final Path root;
  private final boolean write;
  private final Formatter formatter = new Formatter();
  private final List<String> differing = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  private SourceFormat(Path root, boolean write) {
    this.root = root;
    this.write = write;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !Set.of("check", "write").contains(args[0])) {
      System.err.println("usage: SourceFormat check|write ROOT");
      System.exit(2);
    }
    new SourceFormat(Path.of(args[1]), args[0].equals("write")).run();
  }

  private void run() throws IOException {
    Path memory = root.resolve("target/formatted-sources");
    Set<String> known =
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : new HashSet<>();
    Set<String> clean = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      String hash = sha256(text);
      if (known.contains(hash) || isClean(file, text)) {
        clean.add(hash);
      }
    }
    Files.createDirectories(memory.getParent());
    Files.write(memory, clean);
    report();
  }

  private boolean isClean(Path file, String text) throws IOException {
    String name = root.relativize(file).toString();
    try {
      String formatted = laidOut(text);
      if (formatted.equals(text)) {
        return true;
      }
      differing.add(name);
      if (write) {
        Files.writeString(file, formatted);
      }
    } catch (FormatterException e) {
      broken.add(name + ":" + e.getMessage());
    }
    return false;
  }

  /** One pass can leave Javadoc that the next one would change: go on until nothing changes. */
  private String laidOut(String text) throws FormatterException {
    String previous = text;
    for (int pass = 0; pass < 5; pass++) {
      String next = formatter.formatSourceAndFixImports(previous);
      if (next.equals(previous)) {
        break;
      }
      previous = next;
    }
    return previous;
  }

  private void report() throws IOException {
    differing.forEach(name -> System.out.println((write ? "laid out " : "not laid out: ") + name));
    broken.forEach(message -> System.out.println("does not parse: " + message));
    List<String> findings = new ArrayList<>(broken);
    if (!write) {
      findings.addAll(differing);
    }
    Path report = root.resolve("target/source-format.findings");
    if (findings.isEmpty()) {
      Files.deleteIfExists(report);
    } else {
      Files.write(report, findings);
    }
  }

  private List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                !folder.equals(root)
                    && (name.equals("target")
                        || name.equals("node_modules")
                        || (name.startsWith(".") && !name.equals(".ci")));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
