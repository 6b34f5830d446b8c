package io.byteport.cli.http;

import io.helidon.webserver.http.HttpRules;
import org.jspecify.annotations.Nullable;

/**
 * What people see in a browser. Every answer has the security headers of the server already: styles
 * and scripts come from files of their own, nothing stands inline.
 */
public interface Pages {

  /** Where there is nothing to see. */
  Pages NONE = (rules, sessions) -> {};

  /**
   * Adds routes, once, before the server starts. Taken already: {@code /api/}, {@code /login},
   * {@code /logout}, {@code /livez}, {@code /readyz}, {@code /metrics} and the paths of sources.
   */
  void register(HttpRules rules, Sessions sessions);

  /**
   * The page that asks for a token.
   *
   * @param form what stands in it
   */
  default String login(LoginForm form) {
    return form.plainPage();
  }

  /**
   * The page that says what went wrong.
   *
   * @param status as HTTP has it
   * @param detail a sentence that helps
   */
  default String problem(int status, String detail) {
    return LoginForm.plainPage(
        "BytePort: " + status, "<p role=\"alert\">" + LoginForm.escaped(detail) + "</p>\n");
  }

  /**
   * A form that is sent to {@code POST /login} with the fields {@code token} (a password) and
   * {@code next}.
   *
   * @param next the path to go to afterwards
   * @param complaint why the last attempt failed; null for the first
   */
  record LoginForm(String next, @Nullable String complaint) {

    String plainPage() {
      return plainPage(
          "BytePort: log in",
          """
          %s<form method="post" action="/login">
          <input type="hidden" name="next" value="%s">
          <p><label>Token <input type="password" name="token" autocomplete="current-password" \
          required autofocus></label></p>
          <p><button>Log in</button></p>
          </form>
          """
              .formatted(
                  complaint == null ? "" : "<p role=\"alert\">" + escaped(complaint) + "</p>\n",
                  escaped(next)));
    }

    static String plainPage(String title, String content) {
      return """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>%s</title></head>
      <body>
      <main>
      <h1>BytePort</h1>
      %s</main>
      </body>
      </html>
      """
          .formatted(title, content);
    }

    static String escaped(String text) {
      return text.replace("&", "&amp;")
          .replace("<", "&lt;")
          .replace(">", "&gt;")
          .replace("\"", "&quot;");
    }
  }
}
