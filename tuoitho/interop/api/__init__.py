"""/api/v1/: the documented door for other systems; the same actions and scopes as the screens.

NĐ 224/2026/NĐ-CP Đ23.3: open standards, documented API.
"""
