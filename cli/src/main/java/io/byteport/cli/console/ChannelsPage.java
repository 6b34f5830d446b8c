package io.byteport.cli.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.input;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;

import io.byteport.cli.agent.AgentView.ChannelStatus;
import io.byteport.cli.agent.AgentView.DeadLetter;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import j2html.tags.DomContent;
import java.util.List;

/** Whom the agent tells: whether it can, what waits, and what was given up. */
final class ChannelsPage {
  /** The field of the form that sends a message again. */
  static final String MESSAGE = "message";

  /** Where it is sent to. */
  static final String RETRY = "/channels/retry";

  /** Who may send a message again. */
  static final Role MENDS = Role.ADMIN;

  /** Messages that are shown. */
  static final int MOST = 200;

  private ChannelsPage() {}

  static String html(Scene scene, List<ChannelStatus> channels, List<DeadLetter> dead) {
    return Shell.page(
        scene,
        Section.CHANNELS,
        "Channels",
        h1("Channels"),
        channels.isEmpty()
            ? Parts.nothing("No channel is configured, so nobody is told anything.")
            : each(channels, channel -> channel(scene, channel)),
        section(
            h2("Messages that were given up"),
            dead.isEmpty()
                ? Parts.nothing("None: everything that was to be said was said, or waits.")
                : Parts.rows(
                    "Messages that were given up",
                    List.of("given up", "message", "channel", "why", "again"),
                    dead.stream().map(letter -> row(scene, letter)).toList())));
  }

  private static DomContent channel(Scene scene, ChannelStatus channel) {
    return section(
        h2(Safe.text(channel.name()), text(" "), Parts.health(channel.degraded())),
        channel.degraded() == null ? text("") : p(Safe.text(channel.degraded())).withClass("ill"),
        p(
            Safe.text(channel.type() + ", of kind " + channel.kind() + ". "),
            b(channel.waiting() + " waiting"),
            text(", " + channel.dead() + " given up. "),
            channel.sentAt() == null
                ? text("Nothing was sent yet.")
                : Parts.all(text("Last sent "), Parts.since(channel.sentAt(), scene.now()))));
  }

  private static List<DomContent> row(Scene scene, DeadLetter letter) {
    return List.of(
        Parts.since(letter.givenUpAt(), scene.now()),
        Parts.all(
            a(Safe.text(letter.title())).withHref(Routes.run(letter.run())),
            div(Safe.text(letter.event())).withClass("quiet")),
        Safe.text(letter.channel()),
        Safe.text(
            letter.error() + ", after " + Words.count(letter.attempts(), "attempt", "attempts")),
        scene.visitor().is(MENDS) ? again(scene, letter) : text("an admin may"));
  }

  private static DomContent again(Scene scene, DeadLetter letter) {
    return form(
            Parts.csrf(scene.visitor()),
            input().withType("hidden").withName(MESSAGE).withValue(letter.id()),
            button("Send again")
                .attr(
                    "aria-label",
                    "Send again: " + Safe.visible(letter.title() + " to " + letter.channel())))
        .withAction(RETRY)
        .withMethod("post");
  }
}
