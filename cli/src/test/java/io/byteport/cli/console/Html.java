package io.byteport.cli.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as its tags, which is enough to say what is wrong with it. In what the console writes no
 * {@code >} stands in a tag but at its end.
 */
record Html(String text, List<Tag> tags) {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\"|=([^\\s>]+))?");
  private static final Set<String> EMPTY = Set.of("meta", "link", "input", "br", "img");

  record Tag(String name, Map<String, String> attributes) {
    String get(String attribute) {
      return attributes.getOrDefault(attribute, "");
    }
  }

  static Html of(String text) {
    List<Tag> tags = new ArrayList<>();
    Matcher found = TAG.matcher(text);
    while (found.find()) {
      if (found.group(1).isEmpty()) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher each = ATTRIBUTE.matcher(found.group(3));
        while (each.find()) {
          attributes.put(each.group(1), each.group(2) == null ? "" : each.group(2));
        }
        tags.add(new Tag(found.group(2), attributes));
      }
    }
    return new Html(text, tags);
  }

  List<Tag> all(String name) {
    return tags.stream().filter(tag -> tag.name().equals(name)).toList();
  }

  /** What a policy without anything inline would refuse, or what could run. */
  List<String> dangers() {
    List<String> found = new ArrayList<>();
    for (Tag tag : tags) {
      if (Set.of("style", "iframe", "object", "embed", "base", "img").contains(tag.name())) {
        found.add(tag.toString());
      }
      if (tag.name().equals("script") && tag.get("src").isEmpty()) {
        found.add("inline script");
      }
      tag.attributes()
          .forEach(
              (name, value) -> {
                if (name.startsWith("on") || name.equals("style")) {
                  found.add(tag.toString());
                }
                if (Set.of("href", "src", "action").contains(name)
                    && !value.matches("(/(?!/)|#|https?://).*")) {
                  found.add(tag.toString());
                }
              });
    }
    return found;
  }

  /** What somebody who does not see the page would miss. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    int before = 0;
    for (Tag tag : tags) {
      if (tag.name().matches("h[1-6]")) {
        int rank = tag.name().charAt(1) - '0';
        if (rank > before + 1) {
          found.add(tag.name() + " after h" + before);
        }
        before = rank;
      }
    }
    if (all("h1").size() != 1 || all("main").size() != 1 || all("title").size() != 1) {
      found.add("expected one h1, one main and one title");
    }
    if (!text.contains("<html lang=\"en\">")) {
      found.add("no language");
    }
    List<String> labelled = all("label").stream().map(tag -> tag.get("for")).toList();
    for (Tag tag : tags) {
      if (Set.of("input", "select", "textarea").contains(tag.name())
          && !tag.get("type").equals("hidden")
          && !labelled.contains(tag.get("id"))) {
        found.add("no label: " + tag);
      }
      if (tag.name().equals("th") && tag.get("scope").isEmpty()) {
        found.add("no scope: " + tag);
      }
    }
    if (all("caption").size() < all("thead").size()) {
      found.add("a table without a caption");
    }
    Map<String, Integer> ids = new HashMap<>();
    tags.forEach(tag -> ids.merge(tag.get("id"), 1, Integer::sum));
    ids.remove("");
    ids.forEach((id, count) -> count(id, count, found));
    found.addAll(unbalanced());
    return found;
  }

  private static void count(String id, int count, List<String> found) {
    if (count > 1) {
      found.add(count + " elements have the id " + id);
    }
  }

  private List<String> unbalanced() {
    List<String> open = new ArrayList<>();
    Matcher found = TAG.matcher(text);
    while (found.find()) {
      String name = found.group(2);
      if (EMPTY.contains(name)) {
        continue;
      }
      if (found.group(1).isEmpty()) {
        open.add(name);
      } else if (open.isEmpty() || !open.removeLast().equals(name)) {
        return List.of("</" + name + "> closes what is not open");
      }
    }
    return open.isEmpty() ? List.of() : List.of("never closed: " + open);
  }
}
