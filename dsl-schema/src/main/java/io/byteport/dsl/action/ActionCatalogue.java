package io.byteport.dsl.action;

import io.byteport.dsl.type.RecordType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The closed vocabulary of what runbooks can do: actions, the record types that they exchange, what
 * an incident can be about, which things stand in the inventory, and the resources and verbs that a
 * guardrail may forbid. Immutable.
 */
public final class ActionCatalogue {
  private final Map<String, ActionDescription> actions;
  private final Map<String, RecordType> types;
  private final Map<String, RecordType> targets;
  private final Map<String, RecordType> inventory;
  private final Map<String, List<String>> resources;
  private final Map<String, List<String>> operations;
  private final Map<String, ConnectionType> connections;
  private final Map<String, ConnectionType> sources;
  private final Map<String, ConnectionType> channels;

  /**
   * @param actions by dotted name
   * @param types record types by name
   * @param targets what an incident can be about: record type by target type ({@code pod} to {@code
   *     PodRef})
   * @param inventory record types of inventory entries by kind ({@code cluster}, {@code host},
   *     {@code database})
   * @param resources names of the resources by API group, for {@code forbid}; their verbs are the
   *     API's
   * @param operations the verbs of every other resource, by resource
   * @param connections the types of inventory entries, by name
   * @param sources the types of what signals come from, by name
   * @param channels the types of what people are told through, by name
   */
  public ActionCatalogue(
      Map<String, ActionDescription> actions,
      Map<String, RecordType> types,
      Map<String, RecordType> targets,
      Map<String, RecordType> inventory,
      Map<String, List<String>> resources,
      Map<String, List<String>> operations,
      Map<String, ConnectionType> connections,
      Map<String, ConnectionType> sources,
      Map<String, ConnectionType> channels) {
    this.actions = frozen(actions);
    this.types = frozen(types);
    this.targets = frozen(targets);
    this.inventory = frozen(inventory);
    this.resources = frozen(resources);
    this.operations = frozen(operations);
    this.connections = frozen(connections);
    this.sources = frozen(sources);
    this.channels = frozen(channels);
  }

  /** A catalogue whose only resources are those of the Kubernetes API. */
  public ActionCatalogue(
      Map<String, ActionDescription> actions,
      Map<String, RecordType> types,
      Map<String, RecordType> targets,
      Map<String, RecordType> inventory,
      Map<String, List<String>> resources) {
    this(actions, types, targets, inventory, resources, Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  public Optional<ActionDescription> action(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  public Collection<ActionDescription> actions() {
    return actions.values();
  }

  public Map<String, RecordType> types() {
    return types;
  }

  public Map<String, RecordType> targets() {
    return targets;
  }

  public Map<String, RecordType> inventory() {
    return inventory;
  }

  public Map<String, List<String>> resources() {
    return resources;
  }

  /** Verbs by resource, for the resources that are not those of the Kubernetes API. */
  public Map<String, List<String>> operations() {
    return operations;
  }

  /** How entries of the inventory are configured, by the name of their type. */
  public Map<String, ConnectionType> connections() {
    return connections;
  }

  /** How sources of signals are configured, by the name of their type. */
  public Map<String, ConnectionType> sources() {
    return sources;
  }

  /** How channels are configured, by the name of their type; the kind is what they are: chat. */
  public Map<String, ConnectionType> channels() {
    return channels;
  }

  /** How entries of a section are configured, by the name of their type. */
  public Map<String, ConnectionType> types(EntrySection section) {
    return switch (section) {
      case CONNECTIONS -> connections;
      case SOURCES -> sources;
      case CHANNELS -> channels;
    };
  }

  /** Resources and verbs that a guardrail may name. */
  public Vocabulary vocabulary() {
    return new Vocabulary(resources, operations);
  }
}
