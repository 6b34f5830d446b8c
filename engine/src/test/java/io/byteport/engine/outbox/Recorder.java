package io.byteport.engine.outbox;

import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A channel that writes down what it takes, and takes what it is told to. */
final class Recorder implements Channel {
  final List<Message> taken = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile Mood mood = message -> null;

  /** What it says to a message; null where it takes it. */
  interface Mood {
    @Nullable ChannelException at(Message message) throws InterruptedException;
  }

  void isDown() {
    mood = message -> ChannelException.later("no route to host", null, null);
  }

  void isUp() {
    mood = message -> null;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    asked.add(message.notice().title());
    ChannelException trouble = mood.at(message);
    if (trouble != null) {
      throw trouble;
    }
    taken.add(message);
  }

  List<String> titles() {
    return taken.stream().map(message -> message.notice().title()).toList();
  }

  /** What it took about one target, in order. */
  List<String> titles(String target) {
    return taken.stream()
        .filter(message -> message.subject().target().equals(target))
        .map(message -> message.notice().title())
        .toList();
  }
}
