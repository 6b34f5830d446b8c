package io.byteport.engine.journal;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text: the values of known secrets, and what has the shape of one (private
 * keys, bearer tokens, passwords in addresses and assignments, JSON Web Tokens, keys of AWS,
 * GitHub, Slack, Google and Stripe). What is taken out becomes {@code [redacted]} with the kind of
 * secret; redacting twice is redacting once. Runs in time linear to the text. Immutable but for
 * secrets that become known later. Safe for several threads.
 *
 * <p>Shapes are a second wall and no proof: a secret that looks like an ordinary word is only known
 * where it was registered.
 */
public final class Redactor {
  /**
   * @param signs in lower case; one of them is in every text that the pattern is found in
   */
  private record Shape(Pattern pattern, String replacement, List<String> signs) {
    static Shape of(String pattern, String replacement, String... signs) {
      return new Shape(Pattern.compile(pattern), replacement, List.of(signs));
    }

    /** Most texts are ordinary words, and this is much cheaper to say of them. */
    boolean cannotBeIn(String lowerCase) {
      for (String sign : signs) {
        if (lowerCase.contains(sign)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "(?s)-----BEGIN ([A-Z ]*PRIVATE KEY(?: BLOCK)?)-----.*?(?:-----END [A-Z ]*PRIVATE"
                  + " KEY(?: BLOCK)?-----|$)",
              "[redacted private key]",
              "-----begin"),
          Shape.of(
              "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
              "[redacted token]",
              "eyj"),
          Shape.of(
              "\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b",
              "[redacted AWS key]",
              "akia",
              "asia",
              "abia",
              "acca"),
          Shape.of(
              "(?i)(aws_?secret_?access_?key[\"']?\\s*[:=]\\s*[\"']?)[A-Za-z0-9/+=]{40}",
              "$1[redacted AWS key]",
              "secret"),
          Shape.of(
              "\\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})",
              "[redacted GitHub token]",
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_",
              "github_pat_"),
          Shape.of("\\bxox[abeoprs]-[A-Za-z0-9-]{10,}", "[redacted Slack token]", "xox"),
          Shape.of("\\bxapp-[A-Za-z0-9-]{10,}", "[redacted Slack token]", "xapp-"),
          Shape.of(
              "(https://hooks\\.slack\\.com/(?:services|workflows)/)[A-Za-z0-9/_-]+",
              "$1[redacted]",
              "hooks.slack.com"),
          Shape.of("\\bAIza[A-Za-z0-9_-]{35}", "[redacted Google key]", "aiza"),
          Shape.of("\\bya29\\.[A-Za-z0-9_-]{20,}", "[redacted Google token]", "ya29."),
          Shape.of(
              "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",
              "[redacted Stripe key]",
              "k_live_",
              "k_test_"),
          Shape.of("\\bglpat-[A-Za-z0-9_-]{20,}", "[redacted GitLab token]", "glpat-"),
          Shape.of(
              "(?i)(\\b(?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?(?:bearer|basic|token|negotiate)\\s+)[A-Za-z0-9._~+/=-]{4,}",
              "$1[redacted]",
              "authorization"),
          Shape.of("(?i)(\\bbearer\\s+)[A-Za-z0-9._~+/-]{12,}=*", "$1[redacted]", "bearer"),
          Shape.of(
              "([A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@\"'<>]*:)[^\\s/@\"'<>]+@",
              "$1[redacted]@",
              "://"),
          Shape.of(
              "(?i)((?:password|passwd|pwd|passphrase|(?:client|app|shared|signing|webhook)[_-]?secret|api[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|private[_-]?key)[\"']?\\s*[:=]\\s*)(\"[^\"\\n"
                  + "]*\"|'[^'\\n"
                  + "]*'|[^\\s\"'&,;)\\]}\\[]+)",
              "$1[redacted]",
              "passw",
              "pwd",
              "passphrase",
              "secret",
              "key",
              "token"));

  /** Knows the shapes only. */
  public static final Redactor SHAPES_ONLY = new Redactor(List.of(), new KnownSecrets());

  private final List<String> known;
  private final KnownSecrets learnt;

  private Redactor(List<String> known, KnownSecrets learnt) {
    this.known = known;
    this.learnt = learnt;
  }

  /** A redactor that also takes out every secret that these know by then. */
  public Redactor learning(KnownSecrets secrets) {
    return new Redactor(known, secrets);
  }

  /**
   * A redactor that also takes out these values, wherever they stand; those shorter than six
   * characters are not looked for.
   */
  public Redactor knowing(Collection<String> secrets) {
    List<String> all = new ArrayList<>(known);
    secrets.stream().filter(secret -> secret.length() >= KnownSecrets.SHORTEST).forEach(all::add);
    all.sort(Comparator.comparingInt(String::length).reversed());
    return new Redactor(List.copyOf(all), learnt);
  }

  /** The text without secrets. */
  public String redact(String text) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, "[redacted]");
    }
    for (String secret : learnt.texts()) {
      clean = clean.replace(secret, "[redacted]");
    }
    String signs = signs(clean);
    for (Shape shape : SHAPES) {
      if (signs != null && shape.cannotBeIn(signs)) {
        continue;
      }
      Matcher matcher = shape.pattern().matcher(clean);
      if (matcher.find()) {
        clean = matcher.reset().replaceAll(shape.replacement());
        signs = signs(clean);
      }
    }
    return clean;
  }

  /**
   * Where signs of shapes are looked for. Null where all shapes must be: beyond ASCII, letters that
   * are the same to a pattern that ignores case need not be so in lower case.
   */
  private static @Nullable String signs(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return null;
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** The stack trace of a failure as text, for logs. */
  public String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return redact(trace.toString());
  }

  /** The value with every text in it redacted; names of fields stay. */
  public Value redact(Value value) {
    return switch (value) {
      case Value.TextValue text -> {
        String clean = redact(text.value());
        yield clean.equals(text.value()) ? text : Value.of(clean);
      }
      case Value.ListValue list -> Value.of(list.items().stream().map(this::redact).toList());
      case StructValue struct -> redact(struct);
      case Value.NullValue same -> same;
      case Value.BooleanValue same -> same;
      case Value.NumberValue same -> same;
      case Value.DurationValue same -> same;
      case Value.SizeValue same -> same;
      case Value.PercentValue same -> same;
      case Value.InstantValue same -> same;
    };
  }

  public StructValue redact(StructValue struct) {
    Map<String, Value> fields = new LinkedHashMap<>();
    struct.fields().forEach((name, value) -> fields.put(name, redact(value)));
    return new StructValue(fields);
  }

  public Map<String, String> redact(Map<String, String> texts) {
    Map<String, String> clean = new LinkedHashMap<>();
    texts.forEach((name, text) -> clean.put(name, redact(text)));
    return clean;
  }
}
