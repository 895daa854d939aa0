#include "store/early_receipts.hpp"

#include "core/crypto.hpp"
#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::int64_t most = 10'000;
constexpr auto longest = std::chrono::hours(24);

constexpr std::string_view insert_receipt =
    "INSERT INTO early_receipts (wamid_hash, wamid, status, at, price_category, price_type, "
    "error_code, error, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view delete_surplus = "DELETE FROM early_receipts WHERE id <= $1";
constexpr std::string_view delete_old = "DELETE FROM early_receipts WHERE received_at < $1";
constexpr std::string_view select_by_wamid =
    "SELECT status, at, price_category, price_type, error_code, error FROM early_receipts "
    "WHERE wamid_hash = $1 AND wamid = $2 ORDER BY id";
constexpr std::string_view delete_by_wamid =
    "DELETE FROM early_receipts WHERE wamid_hash = $1 AND wamid = $2";

}  // namespace

void EarlyReceipts::keep(WriteTx& tx, const whatsapp::Receipt& receipt, Time now) {
  std::optional<std::string> category;
  std::optional<std::string> type;
  if (receipt.pricing) {
    category = receipt.pricing->category;
    type = receipt.pricing->type;
  }
  const std::int64_t id = tx.insert(insert_receipt, crypto::index_hash(receipt.wamid),
                                    receipt.wamid, static_cast<int>(receipt.status), receipt.at,
                                    category, type, receipt.error_code, receipt.error_details, now);
  tx.run(delete_surplus, id - most);
  tx.run(delete_old, now - longest);
}

std::vector<whatsapp::Receipt> EarlyReceipts::take(WriteTx& tx, std::string_view wamid) {
  const std::int64_t hash = crypto::index_hash(wamid);
  std::vector<whatsapp::Receipt> receipts;
  {
    Statement row = tx.query(select_by_wamid, hash, wamid);
    while (row.step()) {
      whatsapp::Receipt receipt;
      receipt.wamid = wamid;
      receipt.status = static_cast<whatsapp::ReceiptStatus>(row.get<int>(0));
      receipt.at = row.get<Time>(1);
      if (const auto category = row.get<std::optional<std::string>>(2))
        receipt.pricing = whatsapp::Pricing{
            .category = *category, .type = row.get<std::optional<std::string>>(3).value_or("")};
      receipt.error_code = row.get<int>(4);
      receipt.error_details = row.get<std::string>(5);
      receipts.push_back(std::move(receipt));
    }
  }
  if (!receipts.empty()) tx.run(delete_by_wamid, hash, wamid);
  return receipts;
}

}  // namespace catalina::store
