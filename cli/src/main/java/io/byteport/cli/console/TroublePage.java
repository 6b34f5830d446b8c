package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

/** A page that is not there, or a form that could not be taken: what it is, and where to go on. */
final class TroublePage {
  private TroublePage() {}

  static String page(Scene scene, String title, String text, String on, String path) {
    return Shell.page(
        scene,
        null,
        title,
        h1(Safe.text(title)),
        p(Safe.text(text)),
        p(a(Safe.text(on)).withHref(path)));
  }

  /** The same where nothing is known of who looks. */
  static String bare(int status, String detail) {
    return document(
        html(
                Shell.headOf("Not possible · BytePort"),
                body(
                    main(
                            h1("This cannot be done"),
                            p(Safe.text(detail)).attr("role", "alert"),
                            p(
                                text("The server says " + status + ". "),
                                a("To the overview").withHref("/")))
                        .withClass("login")))
            .withLang("en"));
  }
}
