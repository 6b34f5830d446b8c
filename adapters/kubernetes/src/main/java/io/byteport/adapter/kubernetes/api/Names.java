package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.regex.Pattern;

/**
 * What the API takes as a name. Whatever else stands in one is refused before a request is made of
 * it, so that a name is never a path, an option or a selector. Pure.
 */
public final class Names {
  private static final int SHOWN = 60;
  private static final Pattern OBJECT =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9._:]{0,251}[A-Za-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern ANY_CASE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9._]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9._]{0,61}[A-Za-z0-9])?)?");

  private Names() {}

  static boolean isName(String text) {
    return OBJECT.matcher(text).matches();
  }

  /** Whether it may be a kind, in whatever case people write it. */
  static boolean isKind(String text) {
    return ANY_CASE.matcher(text).matches();
  }

  /** Refuses what names no object, no container and no class. */
  public static void checkName(String text) throws ActionException {
    check(OBJECT, text, "names no object");
  }

  /** Refuses what names no namespace. */
  public static void checkNamespace(String text) throws ActionException {
    check(NAMESPACE, text, "names no namespace");
  }

  /** Refuses what names no kind of object. */
  public static void checkKind(String text) throws ActionException {
    check(KIND, text, "names no kind");
  }

  /** Refuses what is no key of a label, an annotation or a taint. */
  public static void checkKey(String text) throws ActionException {
    check(KEY, text, "is no key of a label, an annotation or a taint");
  }

  /** Refuses what is no value of a label. */
  public static void checkLabel(String text) throws ActionException {
    check(LABEL, text, "is no value of a label");
  }

  private static void check(Pattern pattern, String text, String why) throws ActionException {
    if (!pattern.matcher(text).matches()) {
      throw ActionException.refused(FailureKind.INVALID, "`" + shown(text) + "` " + why);
    }
  }

  /** A text from anywhere, fit for one line of a message. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            one -> {
              if (Character.isISOControl(one) || Character.getType(one) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", one));
              } else {
                shown.appendCodePoint(one);
              }
            });
    return text.codePointCount(0, text.length()) > SHOWN ? shown + "…" : shown.toString();
  }
}
