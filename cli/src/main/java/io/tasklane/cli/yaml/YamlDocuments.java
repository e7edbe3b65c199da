package io.tasklane.cli.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The documents of a text, without anchors and tags, which say something else than what stands. */
public final class YamlDocuments {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).setUseMarks(true).build();

  private YamlDocuments() {}

  /** All documents that are not empty. */
  public static List<Node> of(String text) throws YamlFault {
    try {
      for (Event event : new Parse(SETTINGS).parseString(text)) {
        check(event);
      }
      List<Node> documents = new ArrayList<>();
      for (Node document : new Compose(SETTINGS).composeAllFromString(text)) {
        documents.add(document);
      }
      return documents;
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new YamlFault(line, "", "this is no YAML: " + malformed.getProblem());
    } catch (YamlEngineException malformed) {
      throw new YamlFault(1, "", "this is no YAML: " + malformed.getMessage());
    }
  }

  private static void check(Event event) throws YamlFault {
    if (event instanceof DocumentStartEvent start) {
      refuse(start.getSpecVersion().filter(v -> v.getMinor() != 2), event, "YAML 1.2 is read");
    }
    if (event instanceof AliasEvent alias) {
      refuse(Optional.of(alias), event, "aliases are not read: write the value itself");
    }
    if (event instanceof NodeEvent node) {
      refuse(node.getAnchor(), event, "anchors are not read: write the value where it is used");
    }
    if (event instanceof ScalarEvent scalar) {
      refuse(scalar.getTag(), event, "tags are not read: quotes make a text");
      refuse(
          Optional.of(scalar).filter(one -> one.isPlain() && one.getValue().equals("<<")),
          event,
          "merge keys are not read: write the values themselves");
    }
    if (event instanceof CollectionStartEvent collection) {
      refuse(collection.getTag(), event, "tags are not read");
    }
  }

  private static void refuse(Optional<?> found, Event event, String problem) throws YamlFault {
    if (found.isPresent()) {
      throw new YamlFault(event.getStartMark().map(Mark::getLine).orElse(0) + 1, "", problem);
    }
  }
}
