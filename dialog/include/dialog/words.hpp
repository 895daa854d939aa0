// What Catalina says, from config/words.json: an editor changes her words without touching code.
// Every text has a name and the placeholders that code fills in; a text that is missing, unknown,
// too long for where it stands, or whose placeholders are not exactly those is an error at build.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalina::dialog {

// Names, placeholders and lengths stand in words.cpp, in this order.
enum class Text {
  // Meeting and parting
  greeting,
  greeting_by_name,
  introduction,
  privacy_notice,
  goodbye,
  welcome,
  cancelled,
  acknowledged,
  declined,
  // Menu
  menu_body,
  menu_button,
  menu_section,
  more_section,
  category_body,
  category_button,
  category_row,
  more_row,
  person_row,
  person_row_description,
  menu_row,
  menu_row_description,
  none_row,
  none_row_description,
  menu_title,
  person_title,
  // Card of a tramite
  card_hint,
  card_button,
  requirements_row,
  steps_row,
  time_row,
  cost_row,
  place_row,
  law_row,
  questions_row,
  unconfirmed,
  source,
  source_unconfirmed,
  source_city,
  // Facts
  requirements_title,
  documents_title,
  optional_document,
  no_requirements,
  steps_title,
  no_steps,
  time_line,
  time_immediate,
  time_working_days,
  time_one_working_day,
  time_days,
  time_one_day,
  time_months,
  time_one_month,
  time_general,
  time_unknown,
  cost_line,
  cost_free,
  cost_formula,
  cost_unknown,
  place_title,
  place_line,
  no_channels,
  channel_in_person,
  channel_web,
  channel_whatsapp,
  channel_mail,
  channel_phone,
  channel_other,
  this_chat,
  office_address,
  office_hours,
  office_hours_unknown,
  office_place_unknown,
  office_contact,
  office_unconfirmed,
  law_title,
  no_law,
  start,
  status,
  // Questions
  questions_body,
  questions_button,
  no_questions,
  faq_unconfirmed,
  faq_national,
  faq_one_source,
  faq_expired,
  related_button,
  // Places
  place_localidad,
  place_ucg,
  place_is_localidad,
  place_unconfirmed,
  place_without_localidad,
  place_choose,
  place_others,
  place_button,
  sisben_points,
  place_ask,
  branches_own,
  branches_of_localidad,
  branches_near,
  branches_city,
  branches_unpublished,
  branches_undivided,
  branches_whole_city,
  branches_unconfirmed,
  // Understanding
  clarify_body,
  clarify_button,
  clarify_one,
  yes_title,
  no_title,
  what_about,
  ask_away,
  corrected,
  also_asked,
  circumstance_known,
  circumstance_unknown,
  audience,
  explain_again,
  dont_know_first,
  dont_know_again,
  dont_know_person,
  none_of_these,
  choice_gone,
  // A person
  person_noted,
  person_already_noted,
  erase_noted,
  erase_already_noted,
  unsubscribe_noted,
  subscribe_noted,
  notifications_already_noted,
  no_mail,
  // Talk
  complaint,
  emergency,
  out_of_scope,
  out_of_scope_referral,
  corruption,
  radicado_doubtful,
  radicado_elsewhere,
  // Pinned for everybody
  pinned,
  pinned_short,
  pinned_link,
  pinned_phone,
  pinned_title,
  no_pinned,
  // What is not text
  media_without_text,
  photo_stays,
  video_stays,
  document_stays,
  voice,
  location,
  location_near,
  location_outside,
  form_received,
  unreadable,
  count  // not a text: how many there are
};

class Words {
 public:
  using Arguments = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Throws std::runtime_error that names words.json, the text and what is wrong with it.
  static std::shared_ptr<const Words> build(std::string_view words_json);

  // The text with its placeholders filled in. Arguments are inserted as they are: what came from a
  // citizen must be made harmless before. Throws std::logic_error when the arguments are not those
  // of the text.
  std::string say(Text text, Arguments arguments = {}) const;

  // Changes whenever the data-protection notice has to be shown again.
  const std::string& notice_version() const { return notice_version_; }
  // "2026-03" → "marzo de 2026"; anything else comes back as it is.
  std::string month(std::string_view iso) const;
  // "2026-04-01" → "1 de abril de 2026"; anything else comes back as it is.
  std::string day(std::string_view iso) const;
  // A category's title where there is room for 24 units only.
  std::string category_title(const std::string& category) const;

 private:
  // A text cut at its placeholders: literal, placeholder, literal, … , literal.
  struct Template {
    std::vector<std::string> literals;
    std::vector<std::string> placeholders;
  };

  Words() = default;

  std::vector<Template> texts_;
  std::string notice_version_;
  std::vector<std::string> months_;
  std::map<std::string, std::string> category_titles_;
};

}  // namespace catalina::dialog
