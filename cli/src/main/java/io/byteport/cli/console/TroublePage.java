package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.p;

/** A page that is not there, or a form that could not be taken: what it is, and where to go on. */
final class TroublePage {
  private TroublePage() {}

  static String html(Scene scene, String title, String text, String on, String path) {
    return Shell.page(
        scene, null, title, h1(title), p(Safe.text(text)), p(a(on).withHref(path)));
  }
}
