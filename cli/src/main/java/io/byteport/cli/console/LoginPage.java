package io.byteport.cli.console;

import static j2html.TagCreator.body;
import static j2html.TagCreator.button;
import static j2html.TagCreator.document;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.html;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.byteport.cli.http.Pages.LoginForm;

/** Asks for a token. */
final class LoginPage {
  private LoginPage() {}

  static String page(LoginForm form) {
    String complaint = form.complaint();
    return document(
        html(
                Shell.headOf("Log in · BytePort"),
                body(
                    main(
                            h1("BytePort"),
                            complaint == null
                                ? text("")
                                : p(Safe.text(complaint)).withClass("ill").attr("role", "alert"),
                            form(
                                    input()
                                        .withType("hidden")
                                        .withName("next")
                                        .withValue(form.next()),
                                    p(
                                        label("Token").withFor("token"),
                                        input()
                                            .withType("password")
                                            .withId("token")
                                            .withName("token")
                                            .attr("autocomplete", "current-password")
                                            .attr("required")
                                            .attr("autofocus")),
                                    p(button("Log in").withClass("yes")))
                                .withAction("/login")
                                .withMethod("post"))
                        .withClass("login")))
            .withLang("en"));
  }
}
