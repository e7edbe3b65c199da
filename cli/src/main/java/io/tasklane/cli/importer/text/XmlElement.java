package io.tasklane.cli.importer.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of XML with its line. Documents with a DTD are refused, so that none can read files or
 * grow without bounds.
 */
public final class XmlElement {
  private static final int DEEPEST = 50;

  private final String name;
  private final int line;
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlElement(String name, int line) {
    this.name = name;
    this.line = line;
  }

  /** The root of a document. */
  public static XmlElement read(String document) throws Malformed {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
      XmlElement above = new XmlElement("", 1);
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          throw new Malformed(line(reader), "a DTD is not read: take the DOCTYPE out");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          above.children.add(element(reader, 1));
        }
      }
      return above.children.get(0);
    } catch (XMLStreamException broken) {
      int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNumber();
      throw new Malformed(line, "this is no XML: " + firstLine(broken));
    }
  }

  private static String firstLine(XMLStreamException broken) {
    String message = String.valueOf(broken.getMessage());
    return message.replaceFirst("(?s).*\\nMessage: ", "").lines().findFirst().orElse("");
  }

  private static int line(XMLStreamReader reader) {
    return reader.getLocation().getLineNumber();
  }

  private static XmlElement element(XMLStreamReader reader, int depth)
      throws XMLStreamException, Malformed {
    XmlElement element = new XmlElement(reader.getLocalName(), line(reader));
    if (depth > DEEPEST) {
      throw new Malformed(element.line, "it is nested too deep");
    }
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        element.children.add(element(reader, depth + 1));
      } else if (event == XMLStreamConstants.CHARACTERS) {
        element.text.append(reader.getText());
      } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new Malformed(line(reader), "&" + reader.getLocalName() + "; is not read");
      }
    }
    return element;
  }

  /** Its name, without a prefix. */
  public String name() {
    return name;
  }

  /** Line of its start, from 1. */
  public int line() {
    return line;
  }

  /** All children, in their order. */
  public List<XmlElement> children() {
    return children;
  }

  /** All children of this name. */
  public List<XmlElement> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).toList();
  }

  /** The text of the first child of this name; empty if there is none, or nothing in it. */
  public Optional<String> text(String child) {
    return children(child).stream()
        .findFirst()
        .map(found -> found.text.toString().strip())
        .filter(found -> !found.isEmpty());
  }
}
