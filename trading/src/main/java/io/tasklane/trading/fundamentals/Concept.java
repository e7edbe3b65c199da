package io.tasklane.trading.fundamentals;

import java.util.List;

/**
 * A quantity of a company, under all names by which filings call it, the preferred one first.
 * Companies change from one name to another, and some never used the first.
 */
enum Concept {
  /** What was sold: in all, where a filing tells that apart from what contracts brought. */
  REVENUE(
      Unit.MONEY,
      "Revenues",
      "RevenueFromContractWithCustomerExcludingAssessedTax",
      "RevenueFromContractWithCustomerIncludingAssessedTax",
      "SalesRevenueNet",
      "RevenuesNetOfInterestExpense",
      "SalesRevenueGoodsNet"),
  /** What was earned, after tax. */
  NET_INCOME(
      Unit.MONEY, "NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
  /** What was earned on one share, diluted where told. */
  EPS(
      Unit.MONEY_PER_SHARE,
      "EarningsPerShareDiluted",
      "EarningsPerShareBasicAndDiluted",
      "EarningsPerShareBasic"),
  /** By how many shares that was divided. */
  EPS_SHARES(
      Unit.SHARES,
      "WeightedAverageNumberOfDilutedSharesOutstanding",
      "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
      "WeightedAverageNumberOfSharesOutstandingBasic"),
  /** What belongs to the shareholders. */
  EQUITY(
      Unit.MONEY,
      "StockholdersEquity",
      "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"),
  /** Everything owned. */
  ASSETS(Unit.MONEY, "Assets"),
  /** All debt in one figure; few tell it. */
  TOTAL_DEBT(Unit.MONEY, "DebtLongtermAndShorttermCombinedAmount"),
  /** Long-term debt with the part that is due within a year. */
  LONG_TERM_DEBT(Unit.MONEY, "LongTermDebt"),
  /** Long-term debt without that part. */
  NONCURRENT_DEBT(Unit.MONEY, "LongTermDebtNoncurrent", "LongTermDebtAndCapitalLeaseObligations"),
  /** That part alone. */
  CURRENT_DEBT(Unit.MONEY, "LongTermDebtCurrent", "LongTermDebtAndCapitalLeaseObligationsCurrent"),
  /** Borrowed for less than a year from the beginning. */
  SHORT_TERM_DEBT(Unit.MONEY, "ShortTermBorrowings", "CommercialPaper"),
  /** Shares in the hands of all owners. */
  SHARES_OUTSTANDING(
      Unit.SHARES, "EntityCommonStockSharesOutstanding", "CommonStockSharesOutstanding"),
  /** The value of shares that no insider holds. */
  PUBLIC_FLOAT(Unit.MONEY, "EntityPublicFloat");

  private final Unit unit;
  private final List<String> names;

  /** How the SEC's file calls units. */
  enum Unit {
    /** US dollars. */
    MONEY("USD"),
    /** US dollars for each share. */
    MONEY_PER_SHARE("USD/shares"),
    /** A number of shares. */
    SHARES("shares");

    private final String key;

    Unit(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  Concept(Unit unit, String... names) {
    this.unit = unit;
    this.names = List.of(names);
  }

  Unit unit() {
    return unit;
  }

  /** The preferred one first. */
  List<String> names() {
    return names;
  }
}
