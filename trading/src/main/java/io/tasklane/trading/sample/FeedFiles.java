package io.tasklane.trading.sample;

import io.tasklane.trading.calendar.TradingCalendar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Prints headlines as an RSS and as an Atom feed. */
final class FeedFiles {
  private static final int REPEATED_EACH = 4;
  private static final Duration LATER = Duration.ofMinutes(10);

  private final List<SampleHeadline> headlines;

  FeedFiles(List<SampleHeadline> headlines) {
    this.headlines = headlines;
  }

  /** RSS 2.0 with all headlines. */
  byte[] wire() {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>");
    xml.append("<title>Sample Wire</title><link>https://example.com/wire</link>");
    xml.append("<description>A generated sample, not news</description>\n");
    for (SampleHeadline headline : headlines) {
      xml.append("<item><title>").append(escaped(headline.text())).append("</title><description>");
      xml.append(escaped(headline.summary())).append("</description><guid isPermaLink=\"false\">");
      xml.append(headline.guid()).append("</guid><pubDate>");
      xml.append(
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              headline.time().atZone(TradingCalendar.ZONE)));
      xml.append("</pubDate></item>\n");
    }
    return xml.append("</channel></rss>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Atom that repeats some of them, as blogs do. */
  byte[] blog() {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Sample Blog</title>");
    xml.append("<id>sample:blog</id>");
    if (!headlines.isEmpty()) {
      xml.append("<updated>").append(headlines.get(0).time().plus(LATER)).append("</updated>\n");
    }
    for (int i = 0; i < headlines.size(); i += REPEATED_EACH) {
      SampleHeadline headline = headlines.get(i);
      xml.append("<entry><id>").append(headline.guid()).append(":blog</id><title>");
      xml.append(escaped(headline.text()))
          .append("</title><updated>")
          .append(headline.time().plus(LATER));
      xml.append("</updated><summary>").append(escaped(headline.summary()));
      xml.append("</summary></entry>\n");
    }
    return xml.append("</feed>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
