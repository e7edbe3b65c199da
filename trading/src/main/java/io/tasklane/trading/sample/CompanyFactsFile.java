package io.tasklane.trading.sample;

import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.sample.SampleCompany.Quarter;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Month;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints a company's books as the SEC's companyfacts API would: quarterly and annual reports, each
 * with the quarter, the year to date, and the same of the year before.
 */
final class CompanyFactsFile {
  private static final int YEARS_BACK = 2;
  private static final int MONTHS = 3;
  private static final List<String> REVENUE_NAMES =
      List.of("RevenueFromContractWithCustomerExcludingAssessedTax", "Revenues", "SalesRevenueNet");

  private final SampleCompany company;
  private final String entity;
  private final LocalDate session;
  private final long cik;
  private final Map<String, JsonArrayBuilder> facts = new LinkedHashMap<>();
  private final JsonArrayBuilder outstanding = JsonText.array();

  private CompanyFactsFile(SampleCompany company, String entity, LocalDate session) {
    this.company = company;
    this.entity = entity;
    this.session = session;
    this.cik = 9_000_000_000L + Math.abs(entity.hashCode()) % 900_000_000L;
  }

  /** What had been filed by the session's day. */
  static byte[] print(SampleCompany company, String entity, LocalDate session) {
    CompanyFactsFile file = new CompanyFactsFile(company, entity, session);
    LocalDate end = LocalDate.of(session.getYear() - YEARS_BACK, Month.MARCH, 31);
    while (!new Filing(end, file.cik).filed().isAfter(session)) {
      file.add(new Filing(end, file.cik));
      end = quarterAfter(end);
    }
    return file.json().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A report on the quarter that ends then.
   *
   * @param end last day of the quarter
   * @param cik the filer's number
   */
  private record Filing(LocalDate end, long cik) {
    boolean isAnnual() {
      return end.getMonthValue() == 12;
    }

    /** Five weeks after the quarter, or eight after the year, a weekday. */
    LocalDate filed() {
      LocalDate day = end.plusDays(isAnnual() ? 56 : 35);
      return switch (day.getDayOfWeek()) {
        case SATURDAY -> day.plusDays(2);
        case SUNDAY -> day.plusDays(1);
        default -> day;
      };
    }

    String accession() {
      return String.format(
          Locale.ROOT, "%010d-%02d-%06d", cik, filed().getYear() % 100, end.getMonthValue() / 3);
    }

    JsonObjectBuilder fact(Optional<LocalDate> start, LocalDate last, BigDecimal value) {
      JsonObjectBuilder json = JsonText.object();
      start.ifPresent(day -> json.add("start", day.toString()));
      return json.add("end", last.toString())
          .add("val", value)
          .add("accn", accession())
          .add("fy", end.getYear())
          .add("fp", isAnnual() ? "FY" : "Q" + end.getMonthValue() / 3)
          .add("form", isAnnual() ? "10-K" : "10-Q")
          .add("filed", filed().toString());
    }
  }

  private void add(Filing filing) {
    LocalDate yearBefore = end(filing.end.getYear() - 1, filing.end.getMonthValue());
    for (LocalDate end : List.of(yearBefore, filing.end)) {
      // An annual report tells the year alone, a quarterly one the quarter and the year to date.
      if (!filing.isAnnual()) {
        addSpan(filing, end, 1);
      }
      if (end.getMonthValue() > MONTHS) {
        addSpan(filing, end, end.getMonthValue() / MONTHS);
      }
      Quarter quarter = company.quarter(end);
      addDay(filing, end, "StockholdersEquity", quarter.equity());
      addDay(filing, end, "Assets", quarter.assets());
      if (company.hasDebt()) {
        addDay(filing, end, "LongTermDebt", quarter.debt());
      }
    }
    outstanding.add(
        filing.fact(
            Optional.empty(), filing.end.plusDays(20), BigDecimal.valueOf(company.shares())));
  }

  private void addSpan(Filing filing, LocalDate end, int quarters) {
    long revenue = 0;
    long income = 0;
    for (int back = 0; back < quarters; back++) {
      Quarter quarter = company.quarter(end(end.getYear(), end.getMonthValue() - back * MONTHS));
      revenue += quarter.revenue();
      income += quarter.netIncome();
    }
    BigDecimal shares = BigDecimal.valueOf(company.shares());
    BigDecimal earned = SampleCompany.dollars(income);
    Optional<LocalDate> start =
        Optional.of(end.withDayOfMonth(1).minusMonths((long) quarters * MONTHS - 1));
    String revenueName = REVENUE_NAMES.get(company.revenueName());
    of(revenueName).add(filing.fact(start, end, SampleCompany.dollars(revenue)));
    of("NetIncomeLoss").add(filing.fact(start, end, earned));
    of("EarningsPerShareDiluted")
        .add(filing.fact(start, end, earned.divide(shares, 2, RoundingMode.HALF_EVEN)));
    of("WeightedAverageNumberOfDilutedSharesOutstanding").add(filing.fact(start, end, shares));
  }

  private void addDay(Filing filing, LocalDate end, String name, long millions) {
    of(name).add(filing.fact(Optional.empty(), end, SampleCompany.dollars(millions)));
  }

  private JsonArrayBuilder of(String name) {
    return facts.computeIfAbsent(name, any -> JsonText.array());
  }

  private String json() {
    JsonObjectBuilder gaap = JsonText.object();
    facts.forEach((name, array) -> gaap.add(name, concept(unit(name), array)));
    JsonObjectBuilder dei =
        JsonText.object().add("EntityCommonStockSharesOutstanding", concept("shares", outstanding));
    return JsonText.object()
        .add("cik", cik)
        .add("entityName", entity)
        .add("facts", JsonText.object().add("dei", dei).add("us-gaap", gaap))
        .build()
        .toString();
  }

  private static JsonObjectBuilder concept(String unit, JsonArrayBuilder array) {
    return JsonText.object().add("units", JsonText.object().add(unit, array));
  }

  private static String unit(String name) {
    if (name.startsWith("EarningsPerShare")) {
      return "USD/shares";
    }
    return name.startsWith("WeightedAverage") ? "shares" : "USD";
  }

  private static LocalDate end(int year, int month) {
    LocalDate first = LocalDate.of(year, month, 1);
    return first.plusDays(first.lengthOfMonth() - 1);
  }

  private static LocalDate quarterAfter(LocalDate end) {
    LocalDate next = end.plusDays(1).plusMonths(2);
    return end(next.getYear(), next.getMonthValue());
  }
}
