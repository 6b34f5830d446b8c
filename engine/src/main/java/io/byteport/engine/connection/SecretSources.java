package io.byteport.engine.connection;

import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where the secrets of this process come from: its environment, files, clusters. Reads when asked
 * and keeps nothing. Safe for several threads.
 *
 * @param environment the variables of the process
 * @param known is told every value before it is handed out
 */
public record SecretSources(
    Map<String, String> environment, ClusterSecrets clusters, Consumer<String> known) {
  private static final int LARGEST_FILE = 1 << 20;
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  public SecretSources {
    environment = Map.copyOf(environment);
  }

  /** A secret that is read anew at each use; nothing is read now. */
  public Secret secret(SecretReference reference) {
    return new Secret(reference.place(), () -> read(reference), known);
  }

  private String read(SecretReference reference) throws ActionException {
    String value =
        switch (reference) {
          case SecretReference.Variable variable -> variable(variable);
          case SecretReference.InFile file -> file(file);
          case SecretReference.InCluster in ->
              clusters.read(in.cluster(), in.namespace(), in.secret(), in.key());
        };
    if (value.isEmpty()) {
      throw ActionException.refused(FailureKind.NOT_FOUND, reference.place() + " is empty");
    }
    return value;
  }

  private String variable(SecretReference.Variable variable) throws ActionException {
    String value = environment.get(variable.name());
    if (value == null) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "there is no environment variable " + variable.name());
    }
    return value;
  }

  private static String file(SecretReference.InFile file) throws ActionException {
    try (InputStream in = Files.newInputStream(Path.of(file.path()))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw ActionException.refused(
            FailureKind.INVALID, "the file " + file.path() + " is too large for a secret");
      }
      return withoutLineEnd(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new ActionException(
          e instanceof AccessDeniedException ? FailureKind.FORBIDDEN : FailureKind.NOT_FOUND,
          Effect.NONE,
          "the secret in " + file.path() + " cannot be read: " + why(e),
          e);
    }
  }

  private static String why(Exception e) {
    return switch (e) {
      case NoSuchFileException gone -> "no such file";
      case AccessDeniedException denied -> "not readable";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static String withoutLineEnd(String text) {
    String end = text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "";
    return text.substring(0, text.length() - end.length());
  }

  /**
   * What is unsafe about where a secret is kept: a file that others may read, too. Looks at the
   * file system; empty where there is nothing to say, or the system has no such permissions.
   */
  public static Optional<String> warning(SecretReference reference) {
    if (!(reference instanceof SecretReference.InFile file)) {
      return Optional.empty();
    }
    try {
      PosixFileAttributes is =
          Files.readAttributes(Path.of(file.path()), PosixFileAttributes.class);
      return is.permissions().stream().anyMatch(others(is)::contains)
          ? Optional.of(
              "the secret in "
                  + file.path()
                  + " may be read by others ("
                  + PosixFilePermissions.toString(is.permissions())
                  + "); chmod 600 keeps it to its owner")
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException | InvalidPathException unknown) {
      return Optional.empty(); // whoever reads it says that it is not there
    }
  }

  /** A file of somebody else's can only be lent to a group: so are the secrets of a pod. */
  private static Set<PosixFilePermission> others(PosixFileAttributes is) {
    Set<PosixFilePermission> others = EnumSet.copyOf(OF_OTHERS);
    if (!is.owner().getName().equals(System.getProperty("user.name"))) {
      others.remove(PosixFilePermission.GROUP_READ);
    }
    return others;
  }
}
