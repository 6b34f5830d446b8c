package io.byteport.engine.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.channel.Message;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Journal entries as JSON. An entry is an object with its {@code $type}, the format's {@code
 * $version} and the components of its record. Reading ignores fields that it does not know, takes a
 * list or map that is not there for empty, raises entries of earlier versions to its own, and
 * refuses a version newer than its own and a kind that it does not know. Secrets are taken out and
 * long texts cut on the way in. Safe for several threads.
 */
public final class JournalCodec {
  /** Grows when what is written can no longer be read by an older reader. */
  static final int VERSION = Upcasts.ALL.newest();

  private static final String KIND = "$type";
  private static final String FORMAT = "$version";

  private final JsonMapper mapper = mapper();
  private final TextScrub scrub;
  private final Upcasts upcasts;

  /**
   * @param redactor takes secrets out of every text but the runbook's own
   */
  public JournalCodec(Redactor redactor) {
    this(redactor, Upcasts.ALL);
  }

  /** One of another history of formats than this program's. */
  JournalCodec(Redactor redactor, Upcasts upcasts) {
    this.scrub = new TextScrub(redactor);
    this.upcasts = upcasts;
  }

  /** One entry as one line of JSON. */
  public String write(JournalEntry entry) {
    ObjectNode tree = mapper.valueToTree(entry);
    scrub.cleanEntry(tree);
    tree.put(FORMAT, upcasts.newest());
    return mapper.writeValueAsString(tree);
  }

  /** Entries as they are written down. */
  List<Line> lines(List<? extends JournalEntry> entries) {
    List<Line> lines = new ArrayList<>(entries.size());
    for (JournalEntry entry : entries) {
      lines.add(new Line(entry, write(entry)));
    }
    return List.copyOf(lines);
  }

  /**
   * @throws StoreException if the text is no entry that this version can read
   */
  public JournalEntry read(String json) {
    try {
      ObjectNode tree = (ObjectNode) mapper.readTree(json);
      int version = tree.path(FORMAT).asInt(0);
      if (version < 1 || version > upcasts.newest()) {
        throw new StoreException(
            "a journal entry has format "
                + version
                + ", but this BytePort reads 1 to "
                + upcasts.newest()
                + ": run a newer one");
      }
      tree.remove(FORMAT);
      ObjectNode raised = upcasts.raise(tree, version);
      requireKnown(raised.path(KIND));
      return mapper.treeToValue(raised, JournalEntry.class);
    } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
      throw new StoreException("a journal entry cannot be read: " + firstLine(e), e);
    }
  }

  /** A message that is to be sent, as it is kept until then: without secrets, long texts cut. */
  String write(Message message) {
    ObjectNode tree = mapper.valueToTree(message);
    scrub.cleanEntry(tree);
    return mapper.writeValueAsString(tree);
  }

  /**
   * @throws StoreException if the text is no message that this version can read
   */
  Message readMessage(String json) {
    try {
      return mapper.readValue(json, Message.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException("a message cannot be read: " + firstLine(e), e);
    }
  }

  /** The entry as a reader of the journal sees it: without secrets, long texts cut. */
  public JournalEntry redacted(JournalEntry entry) {
    return read(write(entry));
  }

  private static void requireKnown(JsonNode kind) {
    if (!kind.isString() || !KINDS.contains(kind.stringValue())) {
      throw new StoreException(
          "a journal entry is of "
              + (kind.isString() ? "the kind `" + kind.stringValue() + "`" : "no kind")
              + ", which this BytePort does not know: run a newer one");
    }
  }

  /** An entry without its secrets, as it stands in the text; what is not known in it stays. */
  ObjectNode clean(String json) {
    ObjectNode tree = (ObjectNode) mapper.readTree(json);
    scrub.cleanEntry(tree);
    return tree;
  }

  /** A text without secrets, and not too long. */
  String cleanText(String text) {
    return scrub.clean(text);
  }

  /** The name of an entry's kind, as it stands in the text: {@code changeIntended}. */
  public static String kind(JournalEntry entry) {
    return kind(entry.getClass());
  }

  static String kind(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(values())
            .addMixIn(JournalEntry.class, Tagged.class)
            .addMixIn(ActionResult.class, Tagged.class)
            .addMixIn(Claim.class, Tagged.class)
            .addMixIn(RunId.class, Named.class)
            .addMixIn(IntentId.class, Named.class)
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .withConfigOverride(List.class, JournalCodec::emptyIfMissing)
            .withConfigOverride(Map.class, JournalCodec::emptyIfMissing)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
    for (Class<?> family : List.of(JournalEntry.class, ActionResult.class, Claim.class)) {
      register(builder, family);
    }
    return builder.build();
  }

  private static void emptyIfMissing(tools.jackson.databind.cfg.MutableConfigOverride override) {
    override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  private static final Set<String> KINDS = kinds(JournalEntry.class);

  private static Set<String> kinds(Class<?> family) {
    Set<String> kinds = new HashSet<>();
    for (Class<?> type : family.getPermittedSubclasses()) {
      if (type.isSealed()) {
        kinds.addAll(kinds(type));
      } else {
        kinds.add(kind(type));
      }
    }
    return Set.copyOf(kinds);
  }

  private static void register(JsonMapper.Builder builder, Class<?> family) {
    for (Class<?> type : family.getPermittedSubclasses()) {
      if (type.isSealed()) {
        register(builder, type);
      } else {
        builder.registerSubtypes(new NamedType(type, kind(type)));
      }
    }
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("values");
    module.addSerializer(Value.class, new Writer());
    module.addDeserializer(Value.class, new Reader());
    module.addDeserializer(StructValue.class, new StructReader());
    return module;
  }

  /** A member of a sealed family, told apart by its kind. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = KIND)
  private interface Tagged {}

  /** A record of one text, written as that text. */
  private interface Named {
    @JsonValue
    String value();
  }

  private static final class Writer extends StdSerializer<Value> {
    Writer() {
      super(Value.class);
    }

    @Override
    public void serialize(Value value, JsonGenerator out, SerializationContext context) {
      out.writeTree(ValueJson.toJson(value));
    }

    @Override
    public void serializeWithType(
        Value value, JsonGenerator out, SerializationContext context, TypeSerializer types) {
      serialize(value, out, context);
    }
  }

  private static final class Reader extends ValueDeserializer<Value> {
    @Override
    public Value deserialize(JsonParser parser, DeserializationContext context) {
      return ValueJson.fromJson(context.readTree(parser));
    }

    @Override
    public Value getNullValue(DeserializationContext context) {
      return Value.NULL;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }

  private static final class StructReader extends ValueDeserializer<StructValue> {
    @Override
    public StructValue deserialize(JsonParser parser, DeserializationContext context) {
      return ValueJson.fromJson(context.readTree(parser)) instanceof StructValue struct
          ? struct
          : context.reportInputMismatch(StructValue.class, "expected a record");
    }

    @Override
    public StructValue getAbsentValue(DeserializationContext context) {
      return StructValue.EMPTY;
    }
  }
}
