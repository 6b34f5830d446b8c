package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.WatchSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One box with items that can be mended and emptied, as the catalogue {@code lab.yaml} describes
 * it.
 */
final class BoxWorld implements Adapter {
  final boolean repeatable;
  final List<String> done = new ArrayList<>();

  /** What happens while a change is being prepared. */
  Runnable onPrepare = () -> {};

  private final Set<String> items = new LinkedHashSet<>(List.of("i1", "i2"));
  private @Nullable Instant mendedAt;

  BoxWorld(boolean repeatable) {
    this.repeatable = repeatable;
  }

  record BoxRef(String name) {}

  record Item(String name, int size, boolean kept) {}

  record Box(
      String name,
      int load,
      boolean ready,
      @Nullable String owner,
      @Nullable Integer level,
      List<Item> items,
      Map<String, String> tags) {}

  record Look(@Nullable BoxRef box, boolean deep) {}

  record Mend(@Nullable BoxRef box, int by, @Nullable String note) {}

  record Mended(@Nullable Integer from, @Nullable Integer to) {}

  record Drop(Item item) {}

  record Dropped(boolean gone) {}

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(new LookAction(), new MendAction(), new DropAction());
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {}

  private boolean ready(Instant now) {
    return mendedAt != null && !now.isBefore(mendedAt.plusSeconds(20));
  }

  private final class LookAction implements Action.Read<Look, Box> {
    @Override
    public String name() {
      return "lab.box";
    }

    @Override
    public Class<Look> inputType() {
      return Look.class;
    }

    @Override
    public Class<Box> outputType() {
      return Box.class;
    }

    @Override
    public List<String> command(Look input) {
      return List.of("lab", "get", input.box().name());
    }

    @Override
    public Box read(Look input, ActionContext context) {
      return new Box(
          input.box().name(),
          90,
          ready(context.clock().instant()),
          null,
          3,
          items.stream().map(name -> new Item(name, 1, false)).toList(),
          Map.of());
    }
  }

  private final class MendAction implements Action.Change<Mend, Mended> {
    @Override
    public String name() {
      return "lab.mend";
    }

    @Override
    public Class<Mend> inputType() {
      return Mend.class;
    }

    @Override
    public Class<Mended> outputType() {
      return Mended.class;
    }

    @Override
    public List<String> command(Mend input) {
      return List.of("lab", "mend", input.box().name());
    }

    @Override
    public StructValue prepare(Mend input, ActionContext context) {
      return new StructValue(Map.of("before", Value.of(mendedAt != null)));
    }

    @Override
    public Changed<Mended> change(Mend input, StructValue memo, ActionContext context) {
      done.add("mend");
      mendedAt = context.clock().instant();
      return new Changed<>(new Mended(1, 2), true);
    }

    @Override
    public Probe probe(Mend input, StructValue memo, ActionContext context) {
      return mendedAt == null ? Probe.NOT_DONE : Probe.TOOK_EFFECT;
    }

    @Override
    public boolean settled(Mend input, StructValue memo, ActionContext context) {
      return ready(context.clock().instant());
    }

    @Override
    public Duration settlesWithin(Mend input) {
      return Duration.ofMinutes(2);
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }
  }

  private final class DropAction implements Action.Change<Drop, Dropped> {
    @Override
    public String name() {
      return "lab.drop";
    }

    @Override
    public Class<Drop> inputType() {
      return Drop.class;
    }

    @Override
    public Class<Dropped> outputType() {
      return Dropped.class;
    }

    @Override
    public List<String> command(Drop input) {
      return List.of("lab", "drop", input.item().name());
    }

    @Override
    public StructValue prepare(Drop input, ActionContext context) {
      onPrepare.run();
      return StructValue.EMPTY;
    }

    @Override
    public Changed<Dropped> change(Drop input, StructValue memo, ActionContext context) {
      done.add("drop " + input.item().name());
      return new Changed<>(new Dropped(items.remove(input.item().name())), true);
    }

    @Override
    public Probe probe(Drop input, StructValue memo, ActionContext context) {
      return items.contains(input.item().name()) ? Probe.NOT_DONE : Probe.TOOK_EFFECT;
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }
  }
}
