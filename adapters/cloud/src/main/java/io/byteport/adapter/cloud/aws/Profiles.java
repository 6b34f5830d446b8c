package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The profiles of the shared files {@code credentials} and {@code config}, read at each use. Of a
 * profile, its keys count; one that takes another role, or starts a program, is refused with words.
 */
final class Profiles {
  private final Machine machine;
  private final String profile;

  Profiles(Machine machine, Optional<String> profile) {
    this.machine = machine;
    this.profile =
        profile.orElseGet(
            () -> {
              String chosen = machine.variable("AWS_PROFILE");
              return chosen.isEmpty() ? "default" : chosen;
            });
  }

  Optional<AwsKeys> keys() throws ActionException {
    Map<String, String> settings = settings();
    String id = settings.getOrDefault("aws_access_key_id", "");
    String secret = settings.getOrDefault("aws_secret_access_key", "");
    if (!id.isEmpty() && !secret.isEmpty()) {
      return Optional.of(AwsKeys.lasting(id, secret, settings.get("aws_session_token")));
    }
    for (String indirect : new String[] {"role_arn", "credential_process", "sso_session"}) {
      if (settings.containsKey(indirect)) {
        throw ActionException.refused(
            FailureKind.FORBIDDEN,
            "the AWS profile `"
                + profile
                + "` has no keys but `"
                + indirect
                + "`, which is not followed; give the connection keys of its own");
      }
    }
    return Optional.empty();
  }

  Optional<String> region() throws ActionException {
    return Optional.ofNullable(settings().get("region"));
  }

  private Map<String, String> settings() throws ActionException {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(section(file("AWS_CONFIG_FILE", "config"), true));
    settings.putAll(section(file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), false));
    return settings;
  }

  private Path file(String variable, String usual) {
    String given = machine.variable(variable);
    return given.isEmpty() ? machine.home().resolve(".aws").resolve(usual) : Path.of(given);
  }

  private Map<String, String> section(Path file, boolean prefixed) throws ActionException {
    try {
      Map<String, Map<String, String>> all = parse(Files.readString(file));
      Map<String, String> named =
          all.getOrDefault(prefixed ? "profile " + profile : profile, Map.of());
      return named.isEmpty() ? all.getOrDefault(profile, Map.of()) : named;
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException unreadable) {
      throw new ActionException(
          FailureKind.FORBIDDEN,
          ActionException.Effect.NONE,
          "cannot read " + file + ": " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** Sections with their settings; nested settings and comments are left out. */
  static Map<String, Map<String, String>> parse(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      int equals = stripped.indexOf('=');
      if (stripped.startsWith("[") && stripped.contains("]")) {
        String name = stripped.substring(1, stripped.indexOf(']')).strip();
        current =
            sections.computeIfAbsent(name.replaceAll("\\s+", " "), key -> new LinkedHashMap<>());
      } else if (equals > 0
          && !stripped.startsWith("#")
          && !stripped.startsWith(";")
          && !Character.isWhitespace(line.charAt(0))) {
        String value = stripped.substring(equals + 1).strip();
        int comment = value.indexOf(" #");
        current.put(
            stripped.substring(0, equals).strip(),
            comment < 0 ? value : value.substring(0, comment).strip());
      }
    }
    return sections;
  }
}
