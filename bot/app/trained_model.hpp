// The trained model that fits a catalog: training takes seconds, so it is done as seldom as can be.
#pragma once

#include <filesystem>
#include <memory>

#include "catalog/documents.hpp"
#include "dialog/model.hpp"

namespace catalina {

// The one learnt while building, from the phrases that the binary carries.
std::shared_ptr<const dialog::Model> built_in_model();

// The one built in or kept in `data_dir` when it fits `files`, else null. Writes nothing.
std::shared_ptr<const dialog::Model> ready_model(const catalog::Files& files,
                                                 const std::filesystem::path& data_dir);

// Keeps it for the next start, in the place of another.
void keep_model(const dialog::Model& model, const std::filesystem::path& data_dir);

// The one built in when it fits `files`, else the one kept in `data_dir`, else one that is trained
// now and kept there. An empty `data_dir` keeps nothing. A kept file that is damaged is replaced;
// one that cannot be written costs the next start its time and is told in the log.
std::shared_ptr<const dialog::Model> model_for(const catalog::Files& files,
                                               const std::filesystem::path& data_dir);

}  // namespace catalina
