package io.byteport.adapter.notify.github;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.Tone;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An issue for each incident: opened when somebody has to do something, commented on as long as it
 * is open, closed when the incident is resolved. Nothing is kept here: issue and comments are found
 * again by what is written into them.
 */
public final class GitHubIssues implements Channel {
  /** Every issue has it, so that ours are found among others. */
  static final String LABEL = "byteport";

  private final ChannelSettings settings;
  private final Repository repository;
  private final Transport transport;

  /** {@code github}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "github";
    }

    @Override
    public GitHubIssues open(Inventory.Entry entry, InstantSource clock) {
      return new GitHubIssues(new ChannelSettings(entry), new Transport(clock));
    }
  }

  GitHubIssues(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    Destination destination = settings.destination("address", "https://api.github.com");
    this.repository =
        new Repository(
            settings,
            destination,
            settings.needed("repository"),
            settings.credential("token"),
            transport);
    this.transport = transport;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Telling telling = new Telling(message);
    IssueText.Mark mark = IssueText.Mark.of(telling);
    Optional<Repository.Issue> known = repository.find(mark.incident());
    boolean resolved = telling.tone() == Tone.RESOLVED;
    if (known.isEmpty()) {
      if (!resolved) {
        repository.open(IssueText.title(telling), IssueText.body(telling), labels(telling));
      }
      return;
    }
    Repository.Issue issue = known.get();
    if (!issue.notice().equals(mark.notice())
        && !repository.hasComment(issue, mark.notice(), message.subject().at())) {
      repository.comment(issue, IssueText.body(telling));
    }
    if (resolved) {
      repository.close(issue);
    }
  }

  private List<String> labels(Telling telling) {
    Set<String> labels = new LinkedHashSet<>(List.of(LABEL));
    labels.addAll(settings.entry().texts("labels"));
    labels.addAll(telling.message().labels());
    List<String> fitting = new ArrayList<>();
    labels.forEach(label -> fitting.add(label.length() > 50 ? label.substring(0, 50) : label));
    return List.copyOf(fitting);
  }

  @Override
  public void close() {
    transport.close();
  }
}
